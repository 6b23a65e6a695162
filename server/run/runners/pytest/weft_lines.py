"""Records which lines of the files beneath a root run, until the next `fresh()`.

From Python 3.12 with `sys.monitoring`; before it with probes that are put before each statement when a module is
compiled: they cost a third of a tight loop, where a tracer costs twelve times it. What a module or a class runs by
itself is kept apart as `imported`: it runs once, for whichever test comes first.
"""
import ast
import os
import re
import sys

_root = ""
_names = {}
_OPTIMIZED = 0x1


def relative(name):
    """A file's path beneath the root with forward slashes; empty for files of others."""
    if name.startswith("<"):
        return ""
    found = _names.get(name)
    if found is None:
        real = os.path.realpath(name)
        found = real[len(_root):].replace(os.sep, "/") if real.startswith(_root) else ""
        if "/site-packages/" in "/" + found or "/node_modules/" in "/" + found:
            found = ""
        _names[name] = found
    return found


def _runs(lines):
    """First line and number of lines, in turn, of each run of neighbours."""
    runs = []
    last = None
    for line in sorted(lines):
        if line - 1 == last:
            runs[-1] += 1
        else:
            runs += [line, 1]
        last = line
    return runs


class _Monitored:
    """Each line is reported once and then costs nothing until the next `fresh()`."""

    def __init__(self):
        monitoring = sys.monitoring
        self._lines = {}
        self._imported = {}
        tool = next((t for t in (4, 3, 5) if monitoring.get_tool(t) is None), None)
        self.note = "no free tool id of sys.monitoring: no coverage" if tool is None else ""
        if tool is not None:
            monitoring.use_tool_id(tool, "weft")
            monitoring.register_callback(tool, monitoring.events.LINE, self._hit)
            monitoring.set_events(tool, monitoring.events.LINE)

    def _hit(self, code, line):
        name = relative(code.co_filename)
        if name:
            kept = self._lines if code.co_flags & _OPTIMIZED else self._imported
            kept.setdefault(name, set()).add(line - 1)
        return sys.monitoring.DISABLE

    def fresh(self):
        self._lines.clear()
        if not self.note:
            sys.monitoring.restart_events()

    def lines(self):
        return {name: _runs(lines) for name, lines in list(self._lines.items())}

    def imported(self):
        return {name: _runs(lines) for name, lines in list(self._imported.items())}


_BODY = "weft: lines of functions"
_TOP = "weft: lines of modules and classes"


class _Probed:
    note = ""

    def __init__(self):
        # Name → one byte a line, for functions, and for what runs at import.
        self._files = {}
        self._instrument_imports()
        self._instrument_pytest()

    def _instrument_imports(self):
        from importlib.machinery import SourceFileLoader

        original = SourceFileLoader.get_code

        def get_code(loader, fullname):
            if type(loader) is SourceFileLoader:
                path = loader.get_filename(fullname)
                if relative(path):
                    return self.compile(loader.get_data(path), path)
            return original(loader, fullname)

        SourceFileLoader.get_code = get_code

    def _instrument_pytest(self):
        """Test modules are compiled by pytest itself."""
        from _pytest.assertion import rewrite

        asserts = getattr(rewrite, "rewrite_asserts", None)
        test = getattr(rewrite, "_rewrite_test", None)
        if asserts is None or test is None:
            return
        started = []

        def rewrite_asserts(mod, source, *rest, **named):
            path = started[-1] if started else ""
            if relative(path):
                self._probe(mod.body, _TOP)
            return asserts(mod, source, *rest, **named)

        def rewrite_test(fn, *rest, **named):
            started.append(str(fn))
            try:
                stat, code = test(fn, *rest, **named)
            finally:
                started.pop()
            if relative(str(fn)):
                code = self._equip(code, str(fn), os.path.getsize(str(fn)))
            return stat, code

        rewrite.rewrite_asserts = rewrite_asserts
        rewrite._rewrite_test = rewrite_test
        sys.dont_write_bytecode = True

    def compile(self, data, path):
        try:
            tree = ast.parse(data, path)
            self._probe(tree.body, _TOP)
            code = compile(tree, path, "exec", dont_inherit=True)
            return self._equip(code, path, data.count(b"\n") + 1)
        except (SyntaxError, ValueError, RecursionError):
            return compile(data, path, "exec", dont_inherit=True)

    def _probe(self, body, kept):
        """Puts a probe before each statement of a block, and of the blocks in it."""
        found = []
        head = True
        for statement in body:
            head = head and _stays_first(statement)
            if not head:
                lines = [statement] + getattr(statement, "decorator_list", [])
                found += [_probe_at(place, kept) for place in lines]
            found.append(statement)
            inside = kept
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inside = _BODY
            elif isinstance(statement, ast.ClassDef):
                inside = _TOP
            for name in ("body", "orelse", "finalbody"):
                block = getattr(statement, name, None)
                if block:
                    self._probe(block, inside)
            for name in ("handlers", "cases"):
                for part in getattr(statement, name, ()):
                    self._probe(part.body, inside)
        body[:] = found

    def _equip(self, code, path, lines):
        """Gives the probes of a compiled module their memory: a constant that no source text could name."""
        arrays = self._files.setdefault(relative(path), (bytearray(), bytearray()))
        for array in arrays:
            array.extend(bytes(max(0, lines + 1 - len(array))))
        memory = {_BODY: arrays[0], _TOP: arrays[1]}
        kind = type(code)

        def equipped(part):
            constants = tuple(
                equipped(each) if type(each) is kind else memory.get(each, each) if type(each) is str else each
                for each in part.co_consts
            )
            return part.replace(co_consts=constants)

        return equipped(code)

    def fresh(self):
        for lines, _ in self._files.values():
            if 1 in lines:
                lines[:] = bytes(len(lines))

    def lines(self):
        return self._read(0)

    def imported(self):
        return self._read(1)

    def _read(self, which):
        found = {}
        for name, arrays in list(self._files.items()):
            if 1 in arrays[which]:
                spans = (match.span() for match in re.finditer(b"\x01+", arrays[which]))
                found[name] = [number for start, end in spans for number in (start, end - start)]
        return found


def _stays_first(statement):
    """A docstring, or an import from `__future__`."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    value = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _probe_at(place, kept):
    index = ast.Constant(place.lineno - 1)
    slot = ast.Subscript(
        value=ast.Constant(kept),
        slice=index if sys.version_info >= (3, 9) else ast.Index(value=index),
        ctx=ast.Store(),
    )
    probe = ast.Assign(targets=[slot], value=ast.Constant(1), type_comment=None)
    return ast.fix_missing_locations(ast.copy_location(probe, place))


def start(root):
    """Call it before anything of the root is imported. `root`: real path with a separator at its end."""
    global _root
    _root = root
    return _Monitored() if hasattr(sys, "monitoring") else _Probed()
