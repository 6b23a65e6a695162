"""Writes one JSON line a test to the file WEFT_RESULTS; with WEFT_COVERAGE=1 also the executed lines.

Loaded with `-p weft_pytest`. Python 3.8 and newer; needs nothing but pytest.
"""
import json
import os
import signal
import sys

import pytest

_run = {}
_state = {}
_limits = {}
_coverage = None


def configure(env):
    """Takes out of `env` what this run was asked for: tests do not see it. A fork of a warm process asks again."""
    results = env.pop("WEFT_RESULTS", None)
    _run.update(
        pid=os.getpid(),
        out=open(results, "a", encoding="utf-8") if results else None,
        key=env.pop("WEFT_RESULTS_KEY", ""),
        brief=env.pop("WEFT_BRIEF", "") == "1",
        end_at=env.pop("WEFT_END_AT", ""),
    )
    # CPU time of a test, and beside it time on the clock: a test that waits uses no CPU.
    _limits.update(cpu=float(env.pop("WEFT_TEST_CPU_SECONDS", "0")), clock=float(env.pop("WEFT_TEST_SECONDS", "0")))


def _emit(row):
    if os.getpid() == _run["pid"] and _run["out"] is not None:
        _run["out"].write(json.dumps(dict(row, key=_run["key"])) + "\n")
        _run["out"].flush()


configure(os.environ)
_root = os.path.realpath(os.environ.pop("WEFT_ROOT")) + os.sep
if os.environ.pop("WEFT_COVERAGE", "") == "1":
    import weft_lines

    _coverage = weft_lines.start(_root)
    if _coverage.note:
        _emit({"note": _coverage.note})


def root():
    """Real path of what is under test, with a separator at its end."""
    return _root


class TestTimedOut(BaseException):
    """Not an Exception: code under test that catches those must not swallow it."""


def _on_alarm(signum, frame):
    if not _run.get("inside"):
        # It came late: pytest is reporting, and must not be interrupted.
        return
    _state["status"] = "timedOut"
    raise TestTimedOut("still running after %s" % _state.get("limit", "its limit"))


_TIMERS = [
    (getattr(signal, "ITIMER_REAL", None), getattr(signal, "SIGALRM", None), "clock"),
    (getattr(signal, "ITIMER_PROF", None), getattr(signal, "SIGPROF", None), "cpu"),
]


def _arm():
    """Bounds a test with signals, unless the test run uses those itself."""
    _state["limit"] = " or ".join("%g s (%s)" % (_limits[name], name) for _, _, name in _TIMERS if _limits[name])
    for timer, number, name in _TIMERS:
        if timer is None or not _limits[name]:
            continue
        if signal.getsignal(number) not in (signal.SIG_DFL, _on_alarm):
            continue
        signal.signal(number, _on_alarm)
        # Again and again: a `finally` or a bare `except` of the code under test may swallow the first.
        signal.setitimer(timer, _limits[name], 0.1)


def _disarm():
    for timer, number, _ in _TIMERS:
        if timer is not None and signal.getsignal(number) is _on_alarm:
            signal.setitimer(timer, 0)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # Another measurement of coverage would cost time, and its threshold would fail the run.
    if getattr(early_config.known_args_namespace, "cov_source", None):
        early_config.known_args_namespace.cov_source = []
    yield


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    # One process, to the end: the project's own `-n auto` or `--maxfail` would hide lines and results from us.
    if getattr(config.option, "numprocesses", None):
        config.option.numprocesses = 0
        config.option.dist = "no"
        config.option.tx = []
    if getattr(config.option, "maxfail", 0):
        config.option.maxfail = 0
    yield


def pytest_sessionstart(session):
    _run["session"] = session


def _emit_imported():
    if _coverage:
        _emit({"imported": _coverage.imported()})


def _brief_failure(excinfo, style=None):
    return excinfo.exconly(tryshort=True)


def pytest_itemcollected(item):
    if _run["brief"]:
        # Tracebacks cost more than the tests do, the more so when a recursion has no end; nobody reads a candidate's.
        item.repr_failure = _brief_failure


def pytest_collection_finish(session):
    _emit({"collected": [item.nodeid for item in session.items]})
    if _coverage:
        # Functions that ran while modules were imported and tests were collected.
        _emit({"imported": _coverage.lines()})
    _emit_imported()


def pytest_runtest_logstart(nodeid, location):
    _emit({"started": nodeid})
    _state.clear()
    _state.update(status="passed", seconds=0.0, message="", line=location[1], file=location[0])
    if _coverage:
        _coverage.fresh()
    _arm()


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


def _inside():
    _run["inside"] = True
    try:
        yield
    finally:
        _run["inside"] = False


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_setup():
    yield from _inside()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_call():
    yield from _inside()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_teardown():
    yield from _inside()


def pytest_exception_interact(node, call, report):
    if _coverage and report.when:
        _state["stack"] = _frames(call.excinfo.value)


def _frames(error):
    """File and line of the frames beneath the root, innermost first; those of the exceptions behind it follow."""
    import weft_lines

    frames = []
    seen = set()
    while error is not None and id(error) not in seen and len(frames) < 100:
        seen.add(id(error))
        found = []
        trace = error.__traceback__
        while trace is not None:
            found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno - 1))
            trace = trace.tb_next
        found = [(weft_lines.relative(name), line) for name, line in found[-50:]]
        frames += [frame for frame in reversed(found) if frame[0]]
        error = error.__cause__ or error.__context__
    return frames


def pytest_runtest_logfinish(nodeid, location):
    _disarm()
    status = _state.get("status")
    end_at = _run["end_at"]
    if (status == "timedOut" and end_at) or (status in ("failed", "error") and end_at == "failure"):
        _run["session"].shouldstop = "asked to stop at a test that is %s" % status
    if status == "timedOut":
        # Once a test has run into the limit, those after it that hang too get less.
        least = max(0.5, 10 * _limits.get("slowest", 0.0))
        _limits.update({name: min(_limits[name], least) for name in ("cpu", "clock")})
    else:
        _limits["slowest"] = max(_limits.get("slowest", 0.0), _state.get("seconds", 0.0))
    row = dict(_state, id=nodeid)
    if _coverage:
        row["lines"] = _coverage.lines()
    _emit(row)


def pytest_sessionfinish(session):
    # Tests import too.
    _emit_imported()
    _emit({"finished": True})


def pytest_collectreport(report):
    if report.failed:
        _emit({"id": report.nodeid, "status": "error", "seconds": 0.0, "message": str(report.longrepr)[-4000:]})
