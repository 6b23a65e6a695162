"""Writes one JSON line a test to the file WEFT_RESULTS; with WEFT_COVERAGE=1 also the executed lines.

Loaded with `-p weft_pytest`. Python 3.8 and newer; needs nothing but pytest.
"""
import json
import os
import signal
import sys

_out = open(os.environ.pop("WEFT_RESULTS"), "a", encoding="utf-8")
_root = os.path.realpath(os.environ.pop("WEFT_ROOT")) + os.sep
_key = os.environ.pop("WEFT_RESULTS_KEY")
_coverage = os.environ.pop("WEFT_COVERAGE", "") == "1"
_test_seconds = float(os.environ.pop("WEFT_TEST_SECONDS", "0"))
_end_at_timeout = os.environ.pop("WEFT_END_AT_TIMEOUT", "") == "1"
_brief = os.environ.pop("WEFT_BRIEF", "") == "1"
_pid = os.getpid()
_lines = {}
_names = {}
_state = {}
# Once a test has run into the limit, those after it that hang too get less.
_limits = {"seconds": _test_seconds}


def _emit(row):
    if os.getpid() == _pid:
        _out.write(json.dumps(dict(row, key=_key)) + "\n")
        _out.flush()


def _relative(name):
    if name.startswith("<"):
        return ""
    found = _names.get(name)
    if found is None:
        real = os.path.realpath(name)
        found = real[len(_root):].replace(os.sep, "/") if real.startswith(_root) else ""
        if "/site-packages/" in "/" + found:
            found = ""
        _names[name] = found
    return found


def _hit(code, line):
    name = _relative(code.co_filename)
    if name:
        _lines.setdefault(name, set()).add(line - 1)


if _coverage and hasattr(sys, "monitoring"):
    _monitoring = sys.monitoring

    def _on_line(code, line):
        _hit(code, line)
        return _monitoring.DISABLE

    _tool = next((t for t in (4, 3, 5) if _monitoring.get_tool(t) is None), None)
    if _tool is None:
        _emit({"note": "no free tool id of sys.monitoring: no coverage"})
    else:
        _monitoring.use_tool_id(_tool, "weft")
        _monitoring.register_callback(_tool, _monitoring.events.LINE, _on_line)
        _monitoring.set_events(_tool, _monitoring.events.LINE)

    def _fresh():
        _lines.clear()
        if _tool is not None:
            _monitoring.restart_events()

elif _coverage:
    import threading

    def _local(frame, event, arg):
        if event == "line":
            _hit(frame.f_code, frame.f_lineno)
        return _local

    def _trace(frame, event, arg):
        return _local if _relative(frame.f_code.co_filename) else None

    def _fresh():
        _lines.clear()
        if sys.gettrace() not in (None, _trace):
            _emit({"note": "another tracer is active: no coverage"})
            return
        sys.settrace(_trace)
        threading.settrace(_trace)

else:

    def _fresh():
        pass


class TestTimedOut(BaseException):
    """Not an Exception: code under test that catches those must not swallow it."""


def _on_alarm(signum, frame):
    _state["status"] = "timedOut"
    raise TestTimedOut("still running after %g s" % _state.get("limit", _test_seconds))


def _arm(seconds):
    """Bounds a test with SIGALRM, unless the test run uses that signal itself."""
    if not seconds or not hasattr(signal, "setitimer"):
        return
    if signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, _on_alarm):
        return
    signal.signal(signal.SIGALRM, _on_alarm)
    # Again and again: a `finally` or a bare `except` of the code under test may swallow the first.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)


def _disarm():
    if hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is _on_alarm:
        signal.setitimer(signal.ITIMER_REAL, 0)


def pytest_sessionstart(session):
    _state["session"] = session


def pytest_sessionfinish(session):
    _emit({"finished": True})


def _brief_failure(excinfo, style=None):
    return excinfo.exconly(tryshort=True)


def pytest_itemcollected(item):
    if _brief:
        # Tracebacks cost more than the tests do, the more so when a recursion has no end; nobody reads a candidate's.
        item.repr_failure = _brief_failure


def pytest_collection_finish(session):
    _emit({"collected": [item.nodeid for item in session.items]})


def pytest_runtest_logstart(nodeid, location):
    _emit({"started": nodeid})
    session = _state.get("session")
    _state.clear()
    _state["session"] = session
    _state.update(status="passed", seconds=0.0, message="", line=location[1], file=location[0])
    _state["limit"] = _limits["seconds"]
    _fresh()
    _arm(_limits["seconds"])


def pytest_runtest_logreport(report):
    if report.when == "call":
        _disarm()
    _state["seconds"] = _state.get("seconds", 0.0) + report.duration
    if report.failed:
        if _state.get("status") != "timedOut":
            _state["status"] = "failed" if report.when == "call" else "error"
        _state["message"] = str(report.longrepr)[-4000:]
    elif report.skipped and _state.get("status") == "passed":
        _state["status"] = "skipped"


def pytest_runtest_logfinish(nodeid, location):
    _disarm()
    if _state.get("status") == "timedOut":
        if _end_at_timeout and _state["session"] is not None:
            _state["session"].shouldstop = "a test ran into its time limit"
        _limits["seconds"] = min(_limits["seconds"], max(0.5, 10 * _limits.get("slowest", 0.0)))
    else:
        _limits["slowest"] = max(_limits.get("slowest", 0.0), _state.get("seconds", 0.0))
    row = {name: value for name, value in _state.items() if name != "session"}
    row["id"] = nodeid
    if _coverage:
        row["lines"] = {name: sorted(lines) for name, lines in _lines.items()}
    _emit(row)


def pytest_collectreport(report):
    if report.failed:
        _emit({"id": report.nodeid, "status": "error", "seconds": 0.0, "message": str(report.longrepr)[-4000:]})
