// A real VS Code: its server on a free port of 127.0.0.1 and a Chromium window on it.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { environment, pinnedNode, vscodeServerMain } from '../../scripts/lib/places.mjs';

const CHROMIUM = process.env.WEFT_CHROMIUM ?? '/usr/bin/chromium';
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens VS Code on a workspace. `extension` is a folder to develop, `tests` a module whose `run()` is called in
 * the extension host; without `extension` what is installed in `extensionsFolder` runs. `settings` are the machine's,
 * `scale` is the number of picture dots a CSS pixel.
 */
export async function openWorkbench(options) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-vscode-'));
  const port = await freePort();
  const dataFolder = path.join(home, 'data');
  const machine = path.join(dataFolder, 'data', 'Machine');
  mkdirSync(machine, { recursive: true });
  writeFileSync(path.join(machine, 'settings.json'), JSON.stringify(options.settings ?? {}));
  const server = startServer(port, {
    dataFolder,
    extensionsFolder: options.extensionsFolder ?? path.join(home, 'extensions'),
    restricted: options.restricted ?? false,
  });
  const goOn = endWithThisProcess(server, home);
  try {
    await listening(server);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 860 },
      deviceScaleFactor: options.scale ?? 1,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(addressOf(port, options), { waitUntil: 'commit', timeout: 120_000 });
    return {
      page,
      address: addressOf(port, options),
      async close() {
        await browser.close().catch(() => undefined);
        await stop(server);
        goOn();
        rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await stop(server);
    goOn();
    throw error;
  }
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * The server is a process group of its own, so that all of it can be ended; nothing else would end it where a
 * person presses Ctrl-C. Returns what takes the handlers away.
 */
function endWithThisProcess(server, home) {
  const end = () => {
    killGroup(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => process.exit(code)]);
  handlers.push(['exit', end]);
  for (const [event, handler] of handlers) process.on(event, handler);
  return () => {
    for (const [event, handler] of handlers) process.off(event, handler);
  };
}

/** Starts the server alone; `npm run vscode` shows its address to a person. */
export function startServer(port, { dataFolder, extensionsFolder, restricted }) {
  const args = [
    vscodeServerMain,
    '--host=127.0.0.1',
    `--port=${port}`,
    '--without-connection-token',
    '--accept-server-license-terms',
    `--server-data-dir=${dataFolder}`,
    `--extensions-dir=${extensionsFolder}`,
    '--disable-telemetry',
    '--enable-smoke-test-driver',
  ];
  if (!restricted) args.push('--disable-workspace-trust');
  const child = spawn(pinnedNode, args, {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      child.output = (child.output + text).slice(-20_000);
      if (process.env.WEFT_HOST_VERBOSE) process.stderr.write(text);
    });
  }
  return child;
}

export function addressOf(port, { workspace, extension, tests }) {
  const remote = (folder) => `vscode-remote://127.0.0.1:${port}${folder}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.unshift(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (workspace) query.set('folder', workspace);
  return `http://127.0.0.1:${port}/?${query}`;
}

export async function listening(server) {
  const end = Date.now() + 120_000;
  while (!server.output.includes('Extension host agent listening')) {
    if (server.exitCode !== null) throw new Error(`the VS Code server ended at once:\n${server.output}`);
    if (Date.now() > end) throw new Error(`the VS Code server did not start:\n${server.output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  if (killGroup(server)) await ended;
}

/** False where none of its processes is left. */
function killGroup(server) {
  try {
    process.kill(-server.pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
