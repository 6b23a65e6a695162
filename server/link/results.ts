import { FLAG, FUNCTION, SYMBOL } from '../index/facts.ts';
import type { Evaluation } from './evaluation.ts';
import { boundOf } from './substitute.ts';
import type { FunctionType, SignatureType, Type } from './types.ts';

/** What a function returns, in terms of its own and its class's type parameters. */
export function functionResult(ev: Evaluation, symbol: number): Type | undefined {
  const fn = ev.program.column(symbol, SYMBOL.function);
  const file = ev.program.fileOf(symbol);
  if (fn < 0) return undefined;
  const declared = ev.type(file, ev.program.column(symbol, SYMBOL.type));
  if (declared) return resultOf(ev, declared);
  const signatures = ev.program.signatures(symbol);
  return signatures.length > 0
    ? ev.types.union(signatures.map((own) => lambdaResult(ev, file, own)))
    : lambdaResult(ev, file, fn);
}

/** What a function literal or body gives: as declared, or as its return statements say. */
export function lambdaResult(ev: Evaluation, file: number, fn: number): Type | undefined {
  const { program } = ev;
  const declared = program.functionColumn(file, fn, FUNCTION.returnType);
  const rules = ev.rules(file);
  const flags = program.functionColumn(file, fn, FUNCTION.flags);
  const yields = program.functionColumn(file, fn, FUNCTION.yields);
  const wraps = rules.asyncWraps === true && (flags & FLAG.async) !== 0;
  if (declared >= 0) {
    const type = ev.type(file, declared);
    return wraps && yields < 0 ? ev.builtIn(file, rules.builtInName('promise'), [type]) : type;
  }
  if (yields >= 0 || (flags & FLAG.generator) !== 0)
    return ev.builtIn(file, rules.builtInName('generator'), [ev.value(file, yields)]);
  const value = ev.value(file, program.functionColumn(file, fn, FUNCTION.returns));
  if ((flags & FLAG.async) === 0) return value;
  return ev.builtIn(file, rules.builtInName('promise'), [wraps ? value : ev.awaited(value, file)]);
}

function resultOf(ev: Evaluation, type: Type | undefined): Type | undefined {
  const signature = signatureOf(ev, type);
  if (signature?.t === 'signature') return signature.result;
  return (
    signature && ev.substitute(functionResult(ev, signature.symbol), signature.owner, signature.receiver)
  );
}

/** What a function given as an argument returns. */
export function calledResult(ev: Evaluation, given: Type): Type | undefined {
  if (given.t === 'lambda') return lambdaResult(ev, given.file, given.function);
  if (given.t === 'function')
    return ev.substitute(functionResult(ev, given.symbol), given.owner, given.receiver);
  if (given.t === 'class') return ev.instanceOf(given);
  return resultOf(ev, given);
}

/** What a construction of a value gives: of a class, or of what is only known to be constructed so. */
export function madeBy(ev: Evaluation, type: Type | undefined): Type | undefined {
  if (type?.t === 'class') return ev.instanceOf(type);
  if (type?.t === 'parameter') return madeBy(ev, boundOf(ev, type.owner, type.index));
  if (type?.t !== 'instance') return undefined;
  const file = ev.program.fileOf(type.symbol);
  const { classOfClasses } = ev.rules(file);
  const wanted = classOfClasses === undefined ? undefined : ev.builtIn(file, classOfClasses);
  return wanted?.t === 'instance' ? ev.asInstanceOf(type, wanted.symbol)?.args[0] : undefined;
}

/** How a value is called: a function type, a functional interface, a callable object. */
export function signatureOf(
  ev: Evaluation,
  type: Type | undefined,
): SignatureType | FunctionType | undefined {
  if (!type) return undefined;
  switch (type.t) {
    case 'signature':
    case 'function':
      return type;
    case 'union':
      for (const item of type.items) {
        const found = signatureOf(ev, item);
        if (found) return found;
      }
      return undefined;
    case 'parameter':
      return signatureOf(ev, boundOf(ev, type.owner, type.index));
    case 'instance': {
      const file = ev.program.fileOf(type.symbol);
      const written = ev.program.column(type.symbol, SYMBOL.type);
      const own = written < 0 ? undefined : ev.substitute(ev.type(file, written), type, type);
      if (own?.t === 'signature') return own;
      const found = ev.rules(file).signatureOf?.(ev, type);
      return found?.t === 'signature' || found?.t === 'function' ? found : undefined;
    }
    default:
      return undefined;
  }
}
