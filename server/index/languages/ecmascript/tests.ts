import type { EcmascriptWalk } from './walk.ts';

const TEST_CALL = /^(?:test|it)(?:\.\w+)*$/;
const SUITE_CALL = /^(?:describe|suite|context)(?:\.\w+)*$/;

/** The title of `describe('…', () => …)`. */
export function suiteOf(w: EcmascriptWalk, fn: number, args: number): string | undefined {
  return titleOf(w, fn, args, SUITE_CALL);
}

/** The title of `it('…', () => …)`. */
export function testTitle(w: EcmascriptWalk, fn: number, args: number): string | undefined {
  return titleOf(w, fn, args, TEST_CALL);
}

function titleOf(w: EcmascriptWalk, fn: number, args: number, called: RegExp): string | undefined {
  let n = fn;
  // `it.each(table)('title', …)`
  if (w.is(n, 'call_expression')) n = w.field(n, 'function');
  if (w.end(n) - w.start(n) > 40 || !called.test(w.textOf(n))) return undefined;
  const [title = -1, ...rest] = w.children(args);
  const isTitle = w.is(title, 'string') || w.is(title, 'template_string');
  if (!isTitle || !rest.some((c) => w.isFunction(c))) return undefined;
  return w.textOf(title).slice(1, -1);
}

/** `test('adds', …)` is a symbol of kind Test, named by its suites and its title. */
export function addTest(w: EcmascriptWalk, node: number, title: string, work: () => void): void {
  const args = w.field(node, 'arguments');
  const symbol = w.facts.addSymbol({
    kind: 'Test',
    name: [...w.suites, title].join(' > '),
    start: w.start(node),
    end: w.end(node),
    nameStart: w.start(w.firstChild(args)),
    signature: w.signature(w.start(node), w.end(w.firstChild(args))),
  });
  w.facts.within(symbol, work);
}
