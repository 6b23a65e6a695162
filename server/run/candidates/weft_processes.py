"""Runs one candidate after another, each in a fork of this warm process, within limits of time and memory."""
import ctypes
import json
import os
import resource
import select
import signal
import time

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


class Server:
    """Reads one JSON request a line and answers each with one line."""

    def __init__(self, requests, answers):
        self._libc = ctypes.CDLL(None)
        self._requests = requests
        self._answers = answers
        self._read = b""
        for fd in (requests, answers):
            os.set_inheritable(fd, False)

    def answer(self, **fields):
        line = (json.dumps(fields) + "\n").encode()
        while line:
            line = line[os.write(self._answers, line):]

    def ready(self, **fields):
        """Says that forks may begin; False where they may not, as no other thread would live on in them."""
        if len(os.listdir("/proc/self/task")) != 1:
            self.answer(ready=False, why="more than one thread")
            return False
        self._libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)
        self.answer(ready=True, **fields)
        return True

    def serve(self):
        """Returns in the forks only, each time with its request; ends the process when nobody asks any more."""
        while True:
            line = self._read_line()
            if not line:
                os._exit(0)
            request = json.loads(line)
            if self._run(request):
                return request

    def _read_line(self):
        """Empty when nobody asks any more. What comes behind a line is kept for the next call."""
        while b"\n" not in self._read:
            part = os.read(self._requests, 1 << 16)
            if not part:
                return b""
            self._read += part
        line, _, self._read = self._read.partition(b"\n")
        return line + b"\n"

    def _run(self, request):
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            self._become_candidate(request)
            return True
        until = started + request["seconds"]
        timed_out = False
        with _Ending(pid) as ending:
            while not ending.has_ended():
                if not timed_out and time.monotonic() > until:
                    timed_out = True
                    _end_group(pid)
                left = max(0, until - time.monotonic()) if not timed_out else 1
                # A line in the middle of a run is the wish to stop it.
                if (self._read or ending.wait_beside(self._requests, left)) and not timed_out:
                    closed = not self._read_line()
                    timed_out = True
                    _end_group(pid)
                    if closed:
                        _end_what_is_left()
                        os._exit(0)
            status = ending.status
        _end_group(pid)
        _end_what_is_left()
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        self.answer(exit=code, timedOut=timed_out, seconds=time.monotonic() - started)
        return False

    def _become_candidate(self, request):
        os.setsid()
        self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.close(self._requests)
        if self._answers != self._requests:
            os.close(self._answers)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 512 << 20)
        _limit(resource.RLIMIT_AS, request["maxMemoryMb"] << 20)
        _limit(resource.RLIMIT_CPU, int(request["seconds"]) + 2)


class _Ending:
    """Of a child; from Python 3.9 on it is waited for without looking again and again."""

    def __init__(self, pid):
        self._pid = pid
        self.status = 0

    def __enter__(self):
        try:
            self._fd = os.pidfd_open(self._pid)
        except (AttributeError, OSError):
            self._fd = None
        return self

    def __exit__(self, *_):
        if self._fd is not None:
            os.close(self._fd)

    def has_ended(self):
        ended, self.status = os.waitpid(self._pid, os.WNOHANG)
        return bool(ended)

    def wait_beside(self, requests, seconds):
        """Whether there is a request to read; returns early when the child has ended."""
        if self._fd is None:
            return bool(select.select([requests], [], [], min(seconds, 0.002))[0])
        return requests in select.select([requests, self._fd], [], [], seconds)[0]


def redirect(output):
    """Sends what the process prints into a file, and gives it nothing to read."""
    null = os.open(os.devnull, os.O_RDONLY)
    out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for fd, target in ((null, 0), (out, 1), (out, 2)):
        os.dup2(fd, target)
    os.close(null)
    os.close(out)


def _limit(kind, value):
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _children():
    """Of this process, those that a candidate left behind included: `ready` makes it their heir."""
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
