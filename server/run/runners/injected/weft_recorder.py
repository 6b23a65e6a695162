"""What every Python test run of Weft's tells: rows of the results file, the lines of each test, and its time limit.

Configured by the environment, which it empties: WEFT_RESULTS, WEFT_RESULTS_KEY, WEFT_ROOT, WEFT_COVERAGE,
WEFT_TEST_SECONDS. Python 3.8 and newer; needs nothing else.
"""
import atexit
import json
import os
import signal
import sys

_out = open(os.environ.pop("WEFT_RESULTS"), "a", encoding="utf-8")
_root = os.path.realpath(os.environ.pop("WEFT_ROOT")) + os.sep
_key = os.environ.pop("WEFT_RESULTS_KEY")
coverage = os.environ.pop("WEFT_COVERAGE", "") == "1"
end_at_timeout = os.environ.pop("WEFT_END_AT_TIMEOUT", "") == "1"
_test_seconds = float(os.environ.pop("WEFT_TEST_SECONDS", "0"))
_pid = os.getpid()
_lines = {}
_names = {}
# Once a test has run into the limit, those after it that hang too get less.
_limits = {"seconds": _test_seconds, "slowest": 0.0, "now": _test_seconds}
_hit_limit = {}


def emit(row):
    """Writes one row, in the process that runs the tests only."""
    if os.getpid() == _pid:
        _out.write(json.dumps(dict(row, key=_key)) + "\n")
        _out.flush()


def relative(name):
    """A file's path relative to the root with forward slashes; "" outside it and in installed packages."""
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


def lines():
    """The lines executed since the last test began: file -> sorted 0-based lines."""
    return {name: sorted(found) for name, found in _lines.items()}


def _hit(code, line):
    name = relative(code.co_filename)
    if name:
        _lines.setdefault(name, set()).add(line - 1)


if coverage and hasattr(sys, "monitoring"):
    _monitoring = sys.monitoring

    def _on_line(code, line):
        _hit(code, line)
        return _monitoring.DISABLE

    _tool = next((t for t in (4, 3, 5) if _monitoring.get_tool(t) is None), None)
    if _tool is None:
        emit({"note": "no free tool id of sys.monitoring: no coverage"})
    else:
        _monitoring.use_tool_id(_tool, "weft")
        _monitoring.register_callback(_tool, _monitoring.events.LINE, _on_line)
        _monitoring.set_events(_tool, _monitoring.events.LINE)

    def _fresh():
        _lines.clear()
        if _tool is not None:
            _monitoring.restart_events()

elif coverage:
    import threading

    def _local(frame, event, arg):
        if event == "line":
            _hit(frame.f_code, frame.f_lineno)
        return _local

    def _trace(frame, event, arg):
        return _local if relative(frame.f_code.co_filename) else None

    def _fresh():
        _lines.clear()
        if sys.gettrace() not in (None, _trace):
            emit({"note": "another tracer is active: no coverage"})
            return
        sys.settrace(_trace)
        threading.settrace(_trace)

else:

    def _fresh():
        pass


class TestTimedOut(BaseException):
    """Not an Exception: code under test that catches those must not swallow it."""


def _on_alarm(signum, frame):
    _hit_limit["now"] = True
    raise TestTimedOut("still running after %g s" % _limits["now"])


def arm():
    """Bounds what follows by what is left of the test's time, unless the test run uses SIGALRM itself."""
    if not _limits["now"] or not hasattr(signal, "setitimer"):
        return
    seconds = max(0.01, _limits["left"])
    if signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, _on_alarm):
        return
    signal.signal(signal.SIGALRM, _on_alarm)
    # Again and again: a `finally` or a bare `except` of the code under test may swallow the first.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)


def begin(test_id):
    """A test begins: its lines and its time count from here; `arm` makes the time bind."""
    emit({"started": test_id})
    _hit_limit.clear()
    _limits["now"] = _limits["seconds"]
    _fresh()
    _limits["left"] = _limits["now"]


def disarm():
    """The test's own code is over, or rests: what follows is not bounded, and costs it no time."""
    if hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is _on_alarm:
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        if left:
            _limits["left"] = left


# The interpreter forgets the handler before it ends, and the signal would kill it.
atexit.register(disarm)


def timed_out():
    """Whether the test that began last ran into its limit."""
    return "now" in _hit_limit


def end(test_id, row):
    """A test ended: writes its result, with its lines."""
    disarm()
    if timed_out():
        _limits["seconds"] = min(_limits["seconds"], max(0.5, 10 * _limits["slowest"]))
    else:
        _limits["slowest"] = max(_limits["slowest"], row.get("seconds", 0.0))
    row = dict(row, id=test_id)
    if coverage:
        row["lines"] = lines()
    emit(row)
