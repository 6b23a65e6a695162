/**
 * The layer law of docs/architecture.md, as rules a machine holds.
 * A room imports only rooms of a lower number; among index, link and graph only leftwards.
 */
const LAYERS = [
  ['protocol'],
  ['log', 'settings'],
  ['workspace', 'session'],
  ['index'],
  ['link'],
  ['graph'],
  ['run', 'models'],
  ['repair', 'context'],
  ['agents', 'plan'],
  ['loops'],
  ['services'],
  ['cli', 'bench'],
];

const rooms = LAYERS.flat();
const upward = LAYERS.flatMap((layer, i) => {
  const reachable = LAYERS.slice(0, i).flat();
  return layer.map((room) => {
    const forbidden = rooms.filter((other) => other !== room && !reachable.includes(other));
    return {
      name: `layer-${room}`,
      comment: `server/${room} may import only: ${reachable.join(', ') || 'nothing of the server'}`,
      severity: 'error',
      from: { path: `^server/${room}/`, pathNot: '[.]test[.]tsx?$' },
      to: { path: `^server/(${forbidden.join('|')}|main[.]ts)(/|$)` },
    };
  });
});

module.exports = {
  forbidden: [
    ...upward.filter((rule) => !rule.to.path.includes('(|')),
    {
      name: 'protocol-imports-only-zod',
      severity: 'error',
      from: { path: '^server/protocol/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^(server/protocol/|node_modules/zod/)' },
    },
    {
      name: 'doors-import-only-protocol',
      comment: 'Extension and webview know the server by its protocol alone.',
      severity: 'error',
      from: { path: '^(extension|webview)/' },
      to: { path: '^server/(?!protocol/)' },
    },
    { name: 'webview-apart', severity: 'error', from: { path: '^webview/' }, to: { path: '^extension/' } },
    { name: 'extension-apart', severity: 'error', from: { path: '^extension/' }, to: { path: '^webview/' } },
    {
      name: 'no-vscode-in-server',
      severity: 'error',
      from: { path: '^(server|webview)/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'no-circular',
      comment: 'What imports only types is gone when the code runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(server|extension|webview)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '([.]test[.]tsx?$|^test/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
