// npm run vscode: a real VS Code with the extension, on a copy of the sample workspace. The desktop's `code` where it
// is there, else a download, else VS Code's own server with the address to open in a browser.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';
import { environment, root, vscodeServerMain } from './lib/places.mjs';

await ensureInstalled();
await ensureBuilt();
const home = mkdtempSync(path.join(os.tmpdir(), 'weft-vscode-'));
const workspace = path.join(home, 'sample');
cpSync(path.join(root, 'test/fixtures/sample'), workspace, { recursive: true });

const desktop = onPath('code') ?? (await downloaded());
if (desktop) {
  const apart = [`--user-data-dir=${path.join(home, 'data')}`, '--disable-workspace-trust', '--new-window'];
  const options = { stdio: 'inherit', env: environment() };
  const child = spawn(desktop, [...apart, `--extensionDevelopmentPath=${root}`, workspace], options);
  child.on('exit', (code) => process.exit(code ?? 1));
} else if (existsSync(vscodeServerMain)) {
  const { addressOf, freePort, listening, startServer } = await import('../test/host/workbench.mjs');
  const port = await freePort();
  const folders = { dataFolder: path.join(home, 'data'), extensionsFolder: path.join(home, 'extensions') };
  const server = startServer(port, { ...folders, restricted: false });
  for (const signal of ['SIGINT', 'SIGTERM', 'exit'])
    process.on(signal, () => {
      if (server.exitCode === null && server.signalCode === null) process.kill(-server.pid, 'SIGKILL');
      if (signal !== 'exit') process.exit(0);
    });
  await listening(server);
  console.log(
    `Open this address in a browser; Ctrl-C here ends it:\n\n  ${addressOf(port, { workspace, extension: root })}\n`,
  );
} else {
  console.error('npm run vscode: no VS Code here and none could be downloaded; type: npm run setup');
  process.exit(1);
}

function onPath(name) {
  const found = spawnSync(process.platform === 'win32' ? 'where' : 'which', [name], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.split(/\r?\n/, 1)[0] : undefined;
}

async function downloaded() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  return downloadAndUnzipVSCode({ cachePath: path.join(root, '.vscode-test') }).catch((error) => {
    console.error(
      `VS Code could not be downloaded (${error instanceof Error ? error.message : String(error)})`,
    );
    return undefined;
  });
}
