import type { ScopeQuery } from '../../server/graph/store/neo4j/neo4j-store.ts';

/** A node of a pattern, as this suite's own texts write it. No parser: it is fit for no query of anybody else's. */
const NODE = /(?<=MATCH |\]->|\]-|-->|<--|p = |MATCH \(\w+\), )\((\w*(?::[\w|]+)?)(?: ?\{([^}]*)\})?\)/g;

/** Keeps the suite's own queries in their workspace. */
export const scopeOwn: ScopeQuery = (cypher, { workspace, parameters = {} }) => ({
  text: cypher.replace(
    NODE,
    (_, node: string, properties?: string) =>
      `(${node} {workspace: $weft_workspace${properties === undefined ? '' : `, ${properties}`}})`,
  ),
  parameters: { ...parameters, weft_workspace: workspace },
});
