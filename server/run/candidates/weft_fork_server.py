"""Runs pytest for one candidate after another, each in a fork of this warm process.

Reads one JSON request a line from stdin and answers on the pipe that stdout was at the start. Holds pytest and its
plugins ready and imports nothing of the workspace: a fork sees the files as they are when it starts.
"""
import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None)
_answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
_null = os.open(os.devnull, os.O_RDWR)
os.dup2(_null, 1)
os.set_inheritable(_answers.fileno(), False)


def _answer(**fields):
    _answers.write(json.dumps(fields) + "\n")
    _answers.flush()


def _read_line():
    """Unbuffered, so that `select` sees what is still to be read."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return b""
        line += byte
    return line


def _limit(kind, value):
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _child(request):
    os.setsid()
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _answers.close()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 512 << 20)
    _limit(resource.RLIMIT_AS, request["maxMemoryMb"] << 20)
    _limit(resource.RLIMIT_CPU, int(request["seconds"]) + 2)
    out = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(_null, 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.update(request["env"])
    importlib.invalidate_caches()
    import pytest

    code = pytest.main(request["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code))


def _end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _children():
    """Of this process, those that a candidate left behind included: `main` makes it their heir."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name, "rb") as stat:
                if int(stat.read().rpartition(b")")[2].split()[1]) == os.getpid():
                    found.append(int(name))
        except OSError:
            pass
    return found


def _end_what_is_left():
    """Ends processes that left the candidate's group, until their children too have become ours and have ended."""
    until = time.monotonic() + 1
    while time.monotonic() < until:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            for pid in _children():
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.001)


def _run(request):
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        try:
            _child(request)
        finally:
            os._exit(70)
    timed_out = False
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            break
        if not timed_out and time.monotonic() - started > request["seconds"]:
            timed_out = True
            _end_group(pid)
        # A line on stdin in the middle of a run is the wish to stop it.
        if select.select([0], [], [], 0.002)[0] and not timed_out:
            closed = not _read_line()
            timed_out = True
            _end_group(pid)
            if closed:
                os._exit(0)
    _end_group(pid)
    _end_what_is_left()
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    _answer(exit=code, timedOut=timed_out, seconds=time.monotonic() - started)


def main():
    sys.path.insert(0, os.getcwd())
    from _pytest.config import get_config

    get_config()
    if len(os.listdir("/proc/self/task")) != 1:
        raise SystemExit("more than one thread: cannot fork")
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    # A collection in a fork would touch, and so copy, every page of what is loaded here.
    gc.collect()
    gc.freeze()
    _answer(ready=True)
    while True:
        line = _read_line()
        if not line:
            return
        _run(json.loads(line))


main()
