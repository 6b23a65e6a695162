// npm run setup: what no npm dependency brings. Debian packages (as root), pytest in a virtual environment of
// the cache folder, the VS Code server that the host and browser tests run in, and the Neo4j server of the contract
// tests where Java and Maven are. Does nothing twice.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  cache,
  codeServer,
  CODE_SERVER_VERSION,
  pythonHome,
  startNeo4j,
  vscodeServerMain,
} from './lib/places.mjs';
import { ensureInstalled } from './lib/ready.mjs';
import { must } from './lib/run.mjs';

const DEBIAN = {
  chromium: '/usr/bin/chromium',
  bubblewrap: '/usr/bin/bwrap',
  'pkg-config': '/usr/bin/pkg-config',
  'libkrb5-dev': '/usr/include/krb5.h',
  'libx11-dev': '/usr/include/X11/Xlib.h',
  'libxkbfile-dev': '/usr/include/X11/extensions/XKBfile.h',
  'libsecret-1-dev': '/usr/include/libsecret-1/libsecret/secret.h',
};

async function debianPackages() {
  const missing = Object.keys(DEBIAN).filter((name) => !existsSync(DEBIAN[name]));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`missing system packages; install them with: sudo apt-get install ${missing.join(' ')}`);
    return;
  }
  console.error(`Installing ${missing.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 2, 2] });
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 'ignore', 2],
  });
}

async function pytest() {
  const done = path.join(pythonHome, 'weft-ready');
  if (existsSync(done)) return;
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!python) {
    console.error('missing Python 3; install it with: sudo apt-get install python3 python3-venv');
    return;
  }
  console.error('Installing pytest into the cache folder …');
  rmSync(pythonHome, { recursive: true, force: true });
  await must(python, ['-m', 'venv', pythonHome], { stdio: ['ignore', 'ignore', 2] });
  await must(
    path.join(pythonHome, 'bin', 'python'),
    ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', 'pytest==8.4.2'],
    {
      stdio: ['ignore', 'ignore', 2],
    },
  );
  writeFileSync(done, '');
}

/** Installed aside and renamed into place: an interrupted installation is never taken for a whole one. */
async function vscodeServer() {
  if (existsSync(vscodeServerMain)) return;
  console.error(`Installing the VS Code server (code-server ${CODE_SERVER_VERSION}, some minutes, 700 MB) …`);
  mkdirSync(cache, { recursive: true });
  const aside = mkdtempSync(path.join(cache, 'installing-'));
  try {
    writeFileSync(path.join(aside, 'package.json'), '{"private":true}');
    await must(
      'npm',
      ['install', '--no-audit', '--no-fund', '--loglevel=error', `code-server@${CODE_SERVER_VERSION}`],
      {
        cwd: aside,
        stdio: ['ignore', 2, 2],
      },
    );
    rmSync(codeServer, { recursive: true, force: true });
    renameSync(aside, codeServer);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function neo4j() {
  const missing = ['java', 'javac', 'mvn'].filter((name) => spawnSync(name, ['-version']).status !== 0);
  if (missing.length === 0) {
    await must(startNeo4j, ['--prepare'], { stdio: ['ignore', 2, 2] });
    return;
  }
  const remedy = 'install them with: sudo apt-get install openjdk-17-jdk-headless maven';
  console.error(`missing ${missing.join(', ')} for the tests against Neo4j; ${remedy}`);
}

await ensureInstalled();
await debianPackages();
await pytest();
await neo4j();
await vscodeServer();
console.error('Everything the tests need is there.');
