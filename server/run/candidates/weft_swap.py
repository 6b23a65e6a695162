"""Puts the functions of a changed file in place of the loaded ones, by their code objects.

A name that was imported, a method, a decorated function, a closure: all share the code, so all see the change.
"""
import gc
import os
import types

_OPTIMIZED = 0x1
_MOST_BYTES = 2 << 20


class NotSwappable(Exception):
    """What changed runs at import, or is not held by a function of this process."""


class Loaded:
    def __init__(self, root):
        """Reads the files beneath `root` whose functions are loaded, as they are now."""
        self._root = root
        self._functions = {}
        self._texts = {}
        names = {}
        for function in gc.get_objects():
            if type(function) is types.FunctionType:
                name = function.__code__.co_filename
                if name not in names:
                    real = os.path.realpath(name)
                    names[name] = real if real.startswith(root) else None
                    self._read(names[name])
                if names[name]:
                    self._functions.setdefault(names[name], []).append(function)

    def _read(self, path):
        try:
            if path and os.path.getsize(path) <= _MOST_BYTES:
                with open(path, "rb") as file:
                    self._texts[path] = file.read()
        except OSError:
            pass

    def swap(self, files, imported):
        """`imported`: file → 0-based lines of functions that ran before any test, whose effect a swap would miss."""
        for file in files:
            path = os.path.realpath(os.path.join(self._root, file))
            if not file.endswith(".py") or path not in self._texts:
                raise NotSwappable(file)
            with open(path, "rb") as changed:
                text = changed.read()
            self._swap_file(path, text, set(imported.get(file, ())))

    def _swap_file(self, path, text, imported):
        held = {}
        for function in self._functions[path]:
            held.setdefault(function.__code__, []).append(function)
        name = self._functions[path][0].__code__.co_filename
        old = compile(self._texts[path], name, "exec", dont_inherit=True)
        new = compile(text, name, "exec", dont_inherit=True)
        changes = list(_changed(old, new))
        ran = imported.intersection(_changed_lines(self._texts[path], text))
        for before, after in changes:
            if ran.intersection(_lines(before)):
                raise NotSwappable("ran at import: " + before.co_name)
            if before not in held or before.co_freevars != after.co_freevars:
                raise NotSwappable(before.co_name)
        for before, after in changes:
            for function in held[before]:
                function.__code__ = after
            _swap_inner(before, after, held)


def _changed_lines(old, new):
    """0-based lines of the old text from before the first change to behind the last: they ran if the change would have."""
    old, new = old.splitlines(), new.splitlines()
    both = min(len(old), len(new))
    first = next((i for i in range(both) if old[i] != new[i]), both)
    same = next((i for i in range(both - first) if old[-1 - i] != new[-1 - i]), both - first)
    return range(first - 1, len(old) - same + 1)


def _changed(old, new):
    """Pairs of outermost functions that differ in what they do, under module and class bodies that do not."""
    if old.co_flags & _OPTIMIZED:
        if _does(old) != _does(new) or len(_inner(old)) != len(_inner(new)):
            yield old, new
            return
        if any(True for pair in zip(_inner(old), _inner(new)) for _ in _changed(*pair)):
            yield old, new
        return
    inner = list(zip(_inner(old), _inner(new)))
    if len(_inner(old)) != len(_inner(new)) or _does(old) != _does(new):
        raise NotSwappable(old.co_name)
    for pair in inner:
        yield from _changed(*pair)


def _swap_inner(before, after, held):
    """Closures that live already have the code of the function in which they were made."""
    for old, new in zip(_inner(before), _inner(after)):
        for function in held.get(old, ()):
            if old.co_freevars == new.co_freevars:
                function.__code__ = new
        _swap_inner(old, new, held)


def _inner(code):
    return [each for each in code.co_consts if isinstance(each, types.CodeType)]


def _lines(code):
    """0-based lines of a function's body and of the functions in it."""
    if hasattr(code, "co_lines"):
        lines = {line - 1 for _, _, line in code.co_lines() if line and line != code.co_firstlineno}
    else:
        import dis

        lines = {line - 1 for _, line in dis.findlinestarts(code) if line != code.co_firstlineno}
    for each in _inner(code):
        lines |= _lines(each)
    return lines


def _does(code):
    """What of a code object matters, wherever it stands in its file."""
    constants = [
        (each.co_name,) if isinstance(each, types.CodeType) else (type(each), repr(each))
        for each in code.co_consts
        # From Python 3.13 a class body stores its own first line.
        if not (type(each) is int and each == code.co_firstlineno and not code.co_flags & _OPTIMIZED)
    ]
    return (
        code.co_name,
        code.co_code,
        constants,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        code.co_flags,
        (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount),
        getattr(code, "co_exceptiontable", None),
    )
