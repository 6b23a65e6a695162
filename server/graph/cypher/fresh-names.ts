/** Names for what a query leaves without one. No query can hold them: the parser refuses `weft_`. */
export function nodeNames(): () => string {
  return namesLike('weft_node');
}

export function relationshipNames(): () => string {
  return namesLike('weft_relationship');
}

function namesLike(begin: string): () => string {
  let count = 0;
  return () => `${begin}${++count}`;
}
