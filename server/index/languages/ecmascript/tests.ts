import type { EcmascriptWalk } from './walk.ts';

/** vitest, jest, mocha (both interfaces), jasmine and node:test; `f…` and `x…` run alone or not at all. */
const TEST_CALL = /^(?:test|it|specify|fit|xit|xtest|xspecify)(?:\.\w+)*$/;
const SUITE_CALL = /^(?:describe|suite|context|fdescribe|xdescribe|xcontext)(?:\.\w+)*$/;
/** A test within a test, as node:test has them. */
const SUBTEST_CALL = /^(\w+)\.test(?:\.\w+)?$/;

/** The title of `describe('…', () => …)`; a class or function may stand for its name. */
export function suiteOf(w: EcmascriptWalk, fn: number, args: number): string | undefined {
  if (!isCallOf(w, fn, SUITE_CALL)) return undefined;
  const [title = -1, ...rest] = w.children(args);
  if (!rest.some((c) => w.isFunction(c))) return undefined;
  if (w.is(title, 'identifier')) return /^[A-Z]/.test(w.textOf(title)) ? w.textOf(title) : undefined;
  if (w.is(title, 'member_expression') && w.textOf(w.field(title, 'property')) === 'name')
    return w.textOf(w.field(title, 'object'));
  return textOfTitle(w, title);
}

/** The title of `it('…', () => …)`, and of `t.test('…', () => …)` inside of one. */
export function testTitle(w: EcmascriptWalk, fn: number, args: number): string | undefined {
  if (!isCallOf(w, fn, TEST_CALL) && !(w.testContexts.length > 0 && isSubtest(w, fn))) return undefined;
  const [title = -1, ...rest] = w.children(args);
  return rest.some((c) => isBody(w, c)) ? textOfTitle(w, title) : undefined;
}

function isSubtest(w: EcmascriptWalk, fn: number): boolean {
  if (!w.is(fn, 'member_expression') || w.end(fn) - w.start(fn) > 40) return false;
  const [, context] = SUBTEST_CALL.exec(w.textOf(fn)) ?? [];
  return context !== undefined && w.testContexts.includes(context);
}

function isCallOf(w: EcmascriptWalk, fn: number, called: RegExp): boolean {
  let n = fn;
  // `it.each(table)('title', …)`
  if (w.is(n, 'call_expression')) n = w.field(n, 'function');
  return w.end(n) - w.start(n) <= 40 && called.test(w.textOf(n));
}

/** A function, or one that another function wraps: `it('…', fakeAsync(() => …))`. */
function isBody(w: EcmascriptWalk, n: number): boolean {
  if (w.isFunction(n)) return true;
  return w.is(n, 'call_expression') && w.children(w.field(n, 'arguments')).some((c) => w.isFunction(c));
}

function textOfTitle(w: EcmascriptWalk, title: number): string | undefined {
  if (!w.is(title, 'string') && !w.is(title, 'template_string')) return undefined;
  return unescaped(w.textOf(title).slice(1, -1));
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** The value that the text of a literal stands for: runners report that. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[^]))/gi,
    (_, point?: string, unit?: string, byte?: string, sign?: string) => {
      const code = point ?? unit ?? byte;
      if (code !== undefined) return codeText(Number.parseInt(code, 16));
      if (sign === undefined) return '';
      return /^[\r\n]/.test(sign) ? '' : (ESCAPES[sign] ?? sign);
    },
  );
}

const codeText = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** `test('adds', …)` is a symbol of kind Test, named by its suites and its title. */
export function addTest(w: EcmascriptWalk, node: number, title: string, work: () => void): void {
  const args = w.field(node, 'arguments');
  const name = [...w.suites, title].join(' > ');
  const symbol = w.facts.addSymbol({
    kind: 'Test',
    name,
    qualifiedName: name,
    start: w.start(node),
    end: w.end(node),
    nameStart: w.start(w.firstChild(args)),
    signature: w.signature(w.start(node), w.end(w.firstChild(args))),
  });
  const [suites, contexts] = [w.suites, w.testContexts];
  const body = w.children(args).find((c) => w.isFunction(c)) ?? -1;
  const context = body < 0 ? undefined : contextOf(w, body);
  w.suites = [...suites, title];
  if (context !== undefined) w.testContexts = [...contexts, context];
  w.facts.within(symbol, work);
  [w.suites, w.testContexts] = [suites, contexts];
}

/** The name of a test function's first parameter. */
function contextOf(w: EcmascriptWalk, fn: number): string | undefined {
  let n = w.field(fn, 'parameter');
  if (n < 0) n = w.firstChild(w.field(fn, 'parameters'));
  if (w.is(n, 'required_parameter')) n = w.field(n, 'pattern');
  return w.is(n, 'identifier') ? w.textOf(n) : undefined;
}
