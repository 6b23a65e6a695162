"""A pytest plugin: after the collection the process waits, and forks for each candidate that it is asked to run.

Whatever the test modules import is loaded once. A fork puts the candidate's functions in place of the loaded ones and
goes on as pytest would; where that is not possible it ends with FRESH, and the candidate needs a process of its own.
"""
import gc
import os
import socket
import sys

import pytest

import weft_pytest
from weft_processes import Server, redirect
from weft_swap import Loaded, NotSwappable

FRESH = 71

_socket = socket.socket(socket.AF_UNIX)
_socket.connect(os.environ.pop("WEFT_SERVE"))
_server = Server(_socket.fileno(), _socket.fileno())


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    if session.testsfailed or not session.items:
        _server.answer(ready=False, why="the collection failed")
        os._exit(0)
    loaded = Loaded(weft_pytest.root())
    items = {}
    for item in session.items:
        items.setdefault(item.nodeid, item)
    # A collection in a fork would touch, and so copy, every page of what is loaded here.
    gc.collect()
    gc.freeze()
    if not _server.ready(modules=_modules_of_others()):
        os._exit(0)
    request = _server.serve()
    try:
        _begin(session, request, items, loaded)
    except NotSwappable:
        os._exit(FRESH)
    except BaseException:
        os._exit(70)
    return None


def _modules_of_others():
    """Names of what is loaded from outside of the root, in the order of loading."""
    names = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and not name.startswith(("weft_", "__")) and not os.path.realpath(file).startswith(weft_pytest.root()):
            names.append(name)
    return names


def _begin(session, request, items, loaded):
    capture = session.config.pluginmanager.getplugin("capturemanager")
    if capture is not None:
        capture.stop_global_capturing()
    redirect(request["output"])
    if capture is not None:
        # The files of the warm process would be shared by all its forks.
        capture.start_global_capturing()
        capture.suspend_global_capture()
    weft_pytest.configure(request["env"])
    loaded.swap(request["files"], request["imported"])
    select = request["select"]
    if select is not None:
        session.items[:] = [items[name] for name in select if name in items]
    session.testscollected = len(session.items)
    weft_pytest.pytest_collection_finish(session)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    weft_pytest.pytest_sessionfinish(session)
    # What other plugins do now (reports, thresholds) is not for candidates.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
