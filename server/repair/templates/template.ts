import type { Node } from 'web-tree-sitter';
import type { Scope } from '../scope.ts';
import type { Edit, Source } from '../source.ts';

/** A suspicious node and what is known around it. */
export interface Site {
  node: Node;
  source: Source;
  scope: Scope;
}

/** A kind of small change. A new one is one file here and one line in `index.ts`. */
export interface Template {
  name: string;
  /** How likely such a change is the fix, from 0 to 1, against other changes of the same place. */
  prior: number;
  /** Each proposal is a list of edits that belong together; none where the node does not fit. */
  propose(site: Site): Iterable<Edit[]>;
}
