"""Stands in for `python -m unittest`, with the same arguments, and tells Weft what it does: one row a test.

WEFT_SELECT is a file with the ids of the tests to run, one a line; without it all run.
"""
import inspect
import os
import sys
import time
import unittest

import weft_recorder as recorder

# Frames of this file are left out of tracebacks.
__unittest = True
_select = os.environ.pop("WEFT_SELECT", "")


def _tests(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _tests(test)
        else:
            yield test


def _place(test):
    """File and 0-based line of a test, as far as they lie in the root."""
    failed = getattr(test, "_testMethodName", "")
    if type(test).__module__ == "unittest.loader":
        # A module that cannot be imported: the method is named after it.
        for name in (failed.replace(".", os.sep) + ".py", os.path.join(failed.replace(".", os.sep), "__init__.py")):
            for folder in [""] + sys.path:
                if os.path.isfile(os.path.join(folder, name)):
                    return {"file": recorder.relative(os.path.abspath(os.path.join(folder, name)))}
        return {}
    try:
        method = inspect.unwrap(getattr(type(test), failed))
        file = recorder.relative(os.path.abspath(inspect.getsourcefile(method)))
        return {"file": file, "line": method.__code__.co_firstlineno - 1} if file else {}
    except (AttributeError, TypeError):
        return {}


class Result(unittest.TextTestResult):
    """The usual result, which also writes rows."""

    _running = None

    def startTest(self, test):
        super().startTest(test)
        self._row = {"status": "passed", "message": ""}
        self._began = time.monotonic()
        if isinstance(test, unittest.TestCase):
            self._running = test.id()
            recorder.begin(self._running)
            recorder.arm()

    def stopTest(self, test):
        recorder.disarm()
        seconds = time.monotonic() - self._began
        if recorder.timed_out():
            self._row["status"] = "timedOut"
            if recorder.end_at_timeout:
                self.stop()
        if self._running is not None:
            recorder.end(self._running, dict(self._row, seconds=seconds))
        self._running = None
        super().stopTest(test)

    def _tell(self, test, status, message):
        # A part of a test counts for the test.
        test = getattr(test, "test_case", test)
        row = {"status": status, "message": message[:4000]}
        if not isinstance(test, unittest.TestCase):
            # What broke belongs to a class or a module: `setUpClass (tests.test_a.TestA)`.
            recorder.emit(dict(row, broken=test.id()))
        elif test.id() != self._running:
            # Python 3.12.1 skips without a start.
            recorder.emit(dict(row, id=test.id(), seconds=0.0))
        elif self._row["status"] == "passed" or (self._row["status"] == "skipped" and status != "skipped"):
            # The first failure of several says most; parts of a test may be skipped.
            self._row = row

    def _describe(self, err, test):
        kind = "" if issubclass(err[0], AssertionError) else err[0].__name__ + ": "
        return kind + str(err[1]) + "\n\n" + self._exc_info_to_string(err, test)

    def addError(self, test, err):
        recorder.disarm()
        super().addError(test, err)
        self._tell(test, "error", self._describe(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell(test, "failed", self._describe(err, test))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            status = "failed" if issubclass(err[0], test.failureException) else "error"
            self._tell(test, status, self._describe(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(test, "skipped", str(reason))

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell(test, "failed", "it was expected to fail, and did not")


class Runner(unittest.TextTestRunner):
    """The usual runner, for the selected tests."""

    resultclass = Result

    def run(self, test):
        tests = list(_tests(test))
        if _select:
            with open(_select, encoding="utf-8") as file:
                wanted = set(file.read().split("\n"))
            tests = [each for each in tests if each.id() in wanted]
        recorder.emit({"collected": [dict(_place(each), id=each.id()) for each in tests]})
        result = super().run(unittest.TestSuite(tests) if _select else test)
        recorder.emit({"finished": True})
        return result


if __name__ == "__main__":
    if sys.argv[0].endswith("weft_unittest.py"):
        # What is printed as usage names the program.
        sys.argv[0] = os.path.basename(sys.executable) + " -m unittest"
    unittest.main(module=None, testRunner=Runner)
