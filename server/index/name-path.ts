const CHAIN = /^[\p{L}_$#][\p{L}\p{N}_$#]*(?:\s*!?\??\.\s*[\p{L}_$#][\p{L}\p{N}_$#]*)*!?$/u;
const LAST_MEMBER = /[.]\s*([\p{L}_$#][\p{L}\p{N}_$#]*)$/u;
const SUPER_CALL = /^super\([^()]*\)\./;

/**
 * The links of a name chain as written: `this.store?.get` gives `this`, `store`, `get`. A receiver that is no
 * name, such as the result of a call, is the empty string: `f(x).g` gives ``, `g`.
 */
export function pathOf(text: string): string[] {
  const plain = text.replace(SUPER_CALL, 'super.');
  if (plain.length < 500 && CHAIN.test(plain)) return plain.replaceAll(/[\s!?]/g, '').split('.');
  const last = LAST_MEMBER.exec(plain.slice(-200))?.[1];
  return last === undefined ? [''] : ['', last];
}

/** The name a type is called by: `Foo<Bar> | undefined` gives `Foo`; undefined where it names no one class. */
export function typePath(text: string): string[] | undefined {
  const parts = text
    .replace(/^["']|["']$/g, '')
    .replace(/^Optional\[(.*)\]$/s, '$1')
    .split('|')
    .map((part) => part.trim())
    .filter((part) => !['undefined', 'null', 'None', ''].includes(part));
  const [only] = parts;
  if (parts.length !== 1 || only === undefined || only.endsWith('[]')) return undefined;
  const name = only.replace(/[<[].*$/s, '').trim();
  return CHAIN.test(name) ? name.split('.') : undefined;
}
