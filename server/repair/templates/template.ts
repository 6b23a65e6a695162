import type { Node } from 'web-tree-sitter';
import type { FileScope, Scope } from '../scope.ts';
import type { Edit, Source } from '../source.ts';

/** A suspicious node and what is known around it. */
export interface Site {
  node: Node;
  source: Source;
  scope: Scope;
  file: FileScope;
}

/** Edits that belong together, and how likely they are against the template's other changes of the place (1: as usual). */
export interface Weighted {
  edits: Edit[];
  weight: number;
}

/** A kind of small change. A new one is one file here and one line in `index.ts`. */
export interface Template {
  name: string;
  /** How likely such a change is the fix, from 0 to 1, against other changes of the same place. */
  prior: number;
  /** The greatest weight of its proposals; 1.5 by default. */
  mostWeight?: number;
  /** Each proposal is a list of edits that belong together; none where the node does not fit. */
  propose(site: Site): Iterable<Edit[] | Weighted>;
}

export const weighted = (weight: number, edits: Edit[]): Weighted => ({ weight, edits });
