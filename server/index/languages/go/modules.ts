import { FLAG, OP } from '../../facts.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

const ignored: GoVisitor = () => -1;

/** The package clause, build constraints and imports. */
export const moduleVisitors: Record<string, GoVisitor> = {
  package_clause: (w, n) => {
    w.facts.package = w.textOf(w.firstChild(n));
    if (OTHER_SYSTEM.test(w.file) || !isBuilt(w, n)) w.facts.addFlags(0, FLAG.leftOut);
    return -1;
  },
  import_spec: (w, n) => {
    const from = w.textOf(w.field(n, 'path')).slice(1, -1);
    const nameNode = w.field(n, 'name');
    const alias = nameNode < 0 ? importedName(from) : w.textOf(nameNode);
    const isDot = alias === '.';
    const local = isDot || alias === '_' ? '' : alias;
    const index = w.facts.addImport({
      ...{ from, imported: isDot ? '.' : alias === '_' ? '' : '*', local, at: w.start(n) },
    });
    if (local !== '') w.bind(local, w.facts.term(OP.import, index));
    return -1;
  },
  comment: ignored,
};

/** The name that a package most likely has, by its path: `a/yaml.v3` and `a/yaml/v3` are `yaml`. */
function importedName(from: string): string {
  const parts = from.split('/');
  const last = parts.at(-1)!;
  const name = /^v\d+$/.test(last) && parts.length > 1 ? parts.at(-2)! : last;
  return name.replace(/\.v\d+$/, '').replace(/^go-|[-.]go$/, '');
}

/** What holds in the default build on the most common server: constraints are read as if for it. */
const HOLDS = /^(?:linux|amd64|unix|gc|cgo|go1\.\d+)$/;

/** Names that keep a file for another system than the most common server. */
const OTHER_SYSTEM =
  /_(?:(?:windows|darwin|freebsd|netbsd|openbsd|dragonfly|solaris|illumos|aix|plan9|js|wasip1|android|ios)(?:_[a-z0-9]+)?|386|arm|arm64|mips\w*|ppc64\w*|riscv64|s390x|wasm|loong64)(?:_test)?\.go$/;

/** Whether a `//go:build` line above the package clause lets the default build have this file. */
function isBuilt(w: GoWalk, packageClause: number): boolean {
  const line = /^\/\/go:build (.*)$/m.exec(w.text.slice(0, w.start(packageClause)));
  if (!line) return true;
  const tokens = line[1]!.match(/&&|\|\||[!()]|[^\s!()&|]+/g) ?? [];
  let at = 0;
  const any = (): boolean => {
    let value = all();
    while (tokens[at] === '||') {
      at++;
      const right = all();
      value ||= right;
    }
    return value;
  };
  const all = (): boolean => {
    let value = not();
    while (tokens[at] === '&&') {
      at++;
      const right = not();
      value &&= right;
    }
    return value;
  };
  const not = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !not();
    if (token !== '(') return token !== undefined && HOLDS.test(token);
    const value = any();
    at++;
    return value;
  };
  return any();
}
