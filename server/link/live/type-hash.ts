import type { Program } from '../program.ts';
import type { Type } from '../types.ts';
import { mix, textHash } from './hash.ts';

const TAGS = {
  ...{ instance: 1, class: 2, function: 3, lambda: 4, module: 5, signature: 6, parameter: 7 },
  ...{ tuple: 8, object: 9, union: 10, self: 11, super: 12 },
} as const;

/**
 * Types as numbers that are equal in two evaluations where the types are the same and what other files can see of their
 * symbols is too. What refers into a file by number is another type in each version of that file.
 */
export class TypeHashes {
  readonly #program: Program;
  readonly #known: number[] = [];

  constructor(program: Program) {
    this.#program = program;
  }

  of(type: Type | undefined): number {
    if (!type) return 0;
    return (this.#known[type.id] ??= this.#hash(type));
  }

  #hash(type: Type): number {
    const tag = TAGS[type.t];
    switch (type.t) {
      case 'instance':
      case 'class':
        return this.#all(mix(tag, this.#face(type.symbol)), type.args);
      case 'function': {
        const wraps = type.wraps < 0 ? 0 : this.#face(type.wraps);
        return this.#all(mix(mix(tag, this.#face(type.symbol)), wraps), [type.owner, type.receiver]);
      }
      case 'lambda':
        return mix(mix(tag, this.#version(type.file)), type.function);
      case 'object':
        return mix(mix(tag, this.#version(type.file)), type.term);
      case 'module':
        return mix(mix(tag, type.symbol < 0 ? 0 : this.#face(type.symbol)), textHash(type.name));
      case 'signature':
        return this.#all(mix(tag, this.of(type.result)), type.parameters);
      case 'parameter':
        return mix(mix(tag, type.owner < 0 ? type.owner : this.#face(type.owner)), type.index);
      case 'tuple':
        return this.#all(tag, type.items);
      case 'union':
        // Its items are in the order in which an evaluation has met them.
        return mix(
          tag,
          type.items.reduce((sum, item) => (sum + this.of(item)) | 0, 0),
        );
      case 'super':
        return mix(tag, this.#face(type.symbol));
      case 'self':
        return tag;
    }
  }

  #all(hash: number, items: readonly (Type | undefined)[]): number {
    return items.reduce<number>((sum, item) => mix(sum, this.of(item)), mix(hash, items.length));
  }

  #face(symbol: number): number {
    return this.#program.identity(this.#program.fileOf(symbol)).face(this.#program.localOf(symbol));
  }

  #version(file: number): number {
    return mix(this.#program.identity(file).path, this.#program.version(file));
  }
}
