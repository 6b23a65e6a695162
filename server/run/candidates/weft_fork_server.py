"""Holds pytest ready, and the modules of others that it is told of: `weft_fork_server.py ROOT [MODULE …]`.

It imports nothing of the workspace: a fork sees the files as they are then.
"""
import gc
import importlib
import os
import sys

from weft_processes import Server, redirect


def _lies_in(root, module):
    file = getattr(module, "__file__", None)
    return bool(file) and os.path.realpath(file).startswith(root)


def main():
    server = Server(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sys.path.insert(0, os.getcwd())
    from _pytest.config import get_config

    get_config()
    root = os.path.realpath(sys.argv[1]) + os.sep
    for name in sys.argv[2:]:
        try:
            importlib.import_module(name)
        except BaseException:
            # It needs what the workspace does before it.
            pass
    if any(_lies_in(root, module) for module in list(sys.modules.values())):
        server.answer(ready=False, why="a module of others loads the workspace")
        return
    # A collection in a fork would touch, and so copy, every page of what is loaded here.
    gc.collect()
    gc.freeze()
    if not server.ready():
        return
    request = server.serve()
    code = 70
    try:
        redirect(request["output"])
        os.environ.update(request["env"])
        importlib.invalidate_caches()
        import pytest

        code = int(pytest.main(request["arguments"]))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


main()
