// Packs Weft as its users get it and uses the packages: the VSIX in a clean VS Code, and the npm package.
//   node test/package/run.mjs [NAME]      only the tests whose name contains NAME
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pinnedNode, root } from '../../scripts/lib/places.mjs';
import { PLATFORMS } from '../../scripts/lib/package-targets.mjs';
import { tellCounts } from '../../scripts/lib/test-counts.mjs';
import { install, output, runInside, succeeded } from './installed.mjs';

const LARGEST_BYTES = 40e6;
const home = mkdtempSync(path.join(os.tmpdir(), 'weft-package-test-'));
const workspace = path.join(home, 'workspace');
cpSync(path.join(root, 'test/fixtures/languages'), workspace, { recursive: true });
process.env.WEFT_STATE_FOLDER = path.join(home, 'state');

const platform = `${process.platform}-${process.arch}`;
const made = new Map();

/** The unpacked extension of a target, packed and installed once. */
function extension(target) {
  if (!made.has(target)) {
    succeeded(pinnedNode, ['scripts/package.mjs', '--target', target], { cwd: root });
    const vsix = path.join(root, '.cache/packages', `weft-${target}.vsix`);
    made.set(target, { vsix, folder: install(vsix, path.join(home, target)) });
  }
  return made.get(target);
}

const COUNT = 'MATCH (f:Function) RETURN count(f) AS functions';
const everyFile = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

const platformTests = [
  {
    name: `the ${platform} VSIX is small and holds one native file`,
    run() {
      const { vsix, folder } = extension(platform);
      assert.ok(statSync(vsix).size < LARGEST_BYTES, `${statSync(vsix).size} bytes`);
      const names = everyFile(folder).map((entry) => entry.name);
      assert.deepEqual(
        names.filter((name) => name.endsWith('.node')),
        ['lbugjs.node'],
      );
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      for (const field of ['scripts', 'devDependencies', 'optionalDependencies'])
        assert.equal(manifest[field], undefined);
    },
  },
  {
    name: `the ${platform} VSIX names what others wrote, with the licence of each`,
    run() {
      const file = path.join(extension(platform).folder, 'ThirdPartyNotices.txt');
      const notices = readFileSync(file, 'utf8');
      const everywhere = ['zod', 'vscode-jsonrpc', 'diff', 'ignore', 'web-tree-sitter', '@ladybugdb/core'];
      const grammars = [
        ...[
          'javascript',
          'typescript',
          'python',
          'java',
          'go',
          'rust',
          'c',
          'cpp',
          'c-sharp',
          'ruby',
          'php',
        ].map((name) => `tree-sitter-${name}`),
        '@tree-sitter-grammars/tree-sitter-kotlin',
      ];
      const view = ['react', 'react-dom', '@vscode/codicons'];
      for (const name of [...everywhere, ...grammars, ...view]) {
        const [, text = ''] = notices.split(new RegExp(`^${name} [0-9.]+ \\(.+\\)$`, 'm'));
        const own = text.split(/^={80}$/m)[1] ?? '';
        assert.match(own, /copyright|licen[cs]e/i, `no licence text for ${name}`);
      }
      assert.doesNotMatch(notices, /^(esbuild|vitest|typescript|eslint) [0-9]/m);
    },
  },
  {
    name: `the ${platform} VSIX runs in a clean VS Code and reads every language`,
    async run() {
      extension(platform);
      await runInside({ home: path.join(home, platform), workspace });
    },
  },
  {
    name: `the ${platform} VSIX answers Cypher from its own LadybugDB`,
    run() {
      const cli = path.join(extension(platform).folder, 'dist/server/cli.mjs');
      const report = JSON.parse(succeeded(pinnedNode, [cli, 'index', workspace, '--json'], { cwd: home }));
      assert.equal(report.files, 14);
      assert.equal(report.store, 'ladybug');
      const answer = succeeded(pinnedNode, [cli, 'query', workspace, COUNT, '--json'], { cwd: home });
      assert.deepEqual(JSON.parse(answer).rows, [[24]]);
    },
  },
];

const tests = [
  {
    name: 'the main job runs from the packed files, and writes only with --apply',
    run() {
      const target = PLATFORMS.includes(platform) ? platform : 'universal';
      const cli = path.join(extension(target).folder, 'dist/server/cli.mjs');
      const broken = path.join(home, 'two-bugs');
      cpSync(path.join(root, 'test/fixtures/two-bugs'), broken, { recursive: true });
      const text = () => readFileSync(path.join(broken, 'prices.js'), 'utf8');
      const before = text();
      const fix = (...args) =>
        JSON.parse(succeeded(pinnedNode, [cli, 'fix', broken, '--json', ...args], { cwd: home }));
      assert.equal(fix().status, 'fixed');
      assert.equal(text(), before);
      assert.deepEqual([fix('--apply').status, text() === before], ['fixed', false]);
    },
  },
  ...(PLATFORMS.includes(platform) ? platformTests : []),
  {
    name: 'the universal VSIX has no native code, says why query cannot answer, and does the rest',
    run() {
      const { folder } = extension('universal');
      assert.ok(!everyFile(folder).some((entry) => entry.name.endsWith('.node')));
      const cli = path.join(folder, 'dist/server/cli.mjs');
      const env = { WEFT_STATE_FOLDER: path.join(home, 'state-universal') };
      const weft = (...args) => output(pinnedNode, [cli, ...args], { cwd: home, env });
      const indexed = weft('index', workspace, '--json');
      assert.equal(indexed.status, 0, indexed.stderr);
      assert.equal(JSON.parse(indexed.stdout).store, 'none');
      const callers = weft('callers', workspace, 'snake_sum', '--json');
      assert.equal(callers.status, 0, callers.stderr);
      const query = weft('query', workspace, COUNT);
      assert.equal(query.status, 1);
      assert.match(query.stderr.trim(), /^weft: .*LadybugDB.*everything else works without it$/);
    },
  },
  {
    name: 'an unknown target is one line and exit code 2',
    run() {
      const { status, stderr } = output(pinnedNode, ['scripts/package.mjs', '--target', 'amiga'], {
        cwd: root,
      });
      assert.equal(status, 2);
      assert.match(stderr, /^[^\n]*"amiga" is no target; give linux-x64, [^\n]*\n$/);
    },
  },
  {
    name: 'the npm package brings a weft command that works',
    run() {
      const folder = path.join(home, 'npm');
      mkdirSync(folder);
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      succeeded(npm, ['pack', '--pack-destination', folder], { cwd: root });
      const [tarball] = readdirSync(folder);
      const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
      succeeded(npm, ['install', ...quiet, `./${tarball}`], { cwd: folder });
      const weft = (...args) => succeeded('npx', ['--no-install', 'weft', ...args], { cwd: folder });
      const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
      assert.equal(weft('--version').trim(), version);
      const { files } = JSON.parse(weft('index', workspace, '--json'));
      assert.equal(files, readdirSync(path.join(root, 'test/fixtures/languages')).length);
    },
  },
  {
    name: 'the manifest holds what the marketplace shows, within its limits',
    run() {
      const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
      for (const field of ['displayName', 'description', 'publisher', 'license', 'version', 'pricing'])
        assert.match(manifest[field], /\S/, field);
      const [width, height] = [16, 20].map((at) =>
        readFileSync(path.join(root, manifest.icon)).readUInt32BE(at),
      );
      assert.ok(manifest.icon.endsWith('.png') && width >= 128 && width === height, `${width} × ${height}`);
      assert.ok(manifest.categories.length > 0);
      assert.ok(manifest.keywords.length > 0 && manifest.keywords.length <= 30);
      assert.deepEqual(manifest.extensionKind, ['workspace'], 'it reads files and starts processes');
    },
  },
  {
    name: 'the manifest asks for the VS Code whose types it is checked against',
    run() {
      const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
      assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
      for (const file of [manifest.icon, 'SECURITY.md', 'LICENSE']) statSync(path.join(root, file));
      assert.match(readFileSync(path.join(root, 'README.md'), 'utf8'), /no telemetry/i);
    },
  },
];

const wanted = tests.filter(({ name }) => name.includes(process.argv[2] ?? ''));
let failed = wanted.length === 0 ? 1 : 0;
try {
  for (const { name, run } of wanted) {
    const start = Date.now();
    let error;
    try {
      await run();
    } catch (thrown) {
      error = thrown;
      failed += 1;
    }
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`  ${error ? '✗' : '✓'} ${name} (${seconds} s)`);
    if (error) console.log(String(error.stack ?? error).replaceAll(/^/gm, '      '));
  }
  for (const [target, { vsix }] of made)
    console.log(`  ${target}: ${(statSync(vsix).size / 1e6).toFixed(1)} MB`);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
const passed = Math.max(0, wanted.length - failed);
tellCounts({ passed, failed });
console.log(`package: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
