"""Holds pytest and its plugins ready and imports nothing of the workspace: a fork sees the files as they are then."""
import gc
import importlib
import os
import sys

from weft_processes import Server, redirect


def main():
    server = Server(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    sys.path.insert(0, os.getcwd())
    from _pytest.config import get_config

    get_config()
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
