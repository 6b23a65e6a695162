"""Tells Weft what pytest does: one row a test, with its lines when coverage is asked for.

Loaded with `-p weft_pytest`. Needs nothing but pytest.
"""
import os

import pytest

import weft_recorder as recorder

_brief = os.environ.pop("WEFT_BRIEF", "") == "1"
_state = {}


def pytest_sessionstart(session):
    _state["session"] = session


def pytest_sessionfinish(session):
    recorder.emit({"finished": True})


def _brief_failure(excinfo, style=None):
    return excinfo.exconly(tryshort=True)


def pytest_itemcollected(item):
    if _brief:
        # Tracebacks cost more than the tests do, the more so when a recursion has no end; nobody reads a candidate's.
        item.repr_failure = _brief_failure


def pytest_collection_finish(session):
    recorder.emit({"collected": [{"id": item.nodeid} for item in session.items]})


def pytest_runtest_logstart(nodeid, location):
    session = _state.get("session")
    _state.clear()
    _state["session"] = session
    _state.update(status="passed", seconds=0.0, message="", line=location[1], file=location[0])
    recorder.begin(nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    recorder.arm()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    recorder.arm()


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
    # An alarm in the middle of pytest's own work would end the whole run.
    recorder.disarm()
    yield


def pytest_runtest_logreport(report):
    if recorder.timed_out():
        _state["status"] = "timedOut"
    _state["seconds"] = _state.get("seconds", 0.0) + report.duration
    if report.failed:
        if _state.get("status") != "timedOut":
            _state["status"] = "failed" if report.when == "call" else "error"
        _state["message"] = str(report.longrepr)[-4000:]
    elif report.skipped and _state.get("status") == "passed":
        _state["status"] = "skipped"


def pytest_runtest_logfinish(nodeid, location):
    recorder.disarm()
    if recorder.timed_out():
        _state["status"] = "timedOut"
        if recorder.end_at_timeout and _state["session"] is not None:
            _state["session"].shouldstop = "a test ran into its time limit"
    recorder.end(nodeid, {name: value for name, value in _state.items() if name != "session"})


def pytest_collectreport(report):
    if report.failed:
        recorder.emit(
            {"id": report.nodeid, "status": "error", "seconds": 0.0, "message": str(report.longrepr)[-4000:]}
        )
