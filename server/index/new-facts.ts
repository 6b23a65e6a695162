import type { SymbolKind } from '../protocol/graph.ts';

export interface NewSymbol {
  kind: SymbolKind;
  name: string;
  /** UTF-16 indices of the whole definition and of its name. */
  start: number;
  end: number;
  nameStart: number;
  signature?: string;
  doc?: string;
  flags?: number;
  type?: number;
  value?: number;
  typeParameters?: number;
  parent?: number;
  /** Where the name is not the parent's qualified name, a dot and the name. */
  qualifiedName?: string;
}

export interface NewVariable {
  name: string;
  type?: number;
  value?: number;
  parameter?: number;
  flags?: number;
}

export interface NewFunction {
  symbol?: number;
  returnType?: number;
  flags?: number;
  context?: number;
  typeParameters?: number;
  receiver?: number;
}

export interface BuilderOptions {
  /** A name means the binding made last before it (`let x = f(x)`), and blocks see nothing declared later. */
  sequential?: boolean;
  /** Names of a class body are not seen inside its functions (Python). */
  hidesClassScope?: boolean;
  /** A name that means no value is that of a type: `Type.member` (Java). */
  typesAreValues?: boolean;
}
