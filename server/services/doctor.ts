import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { DoctorReport } from '../protocol/doctor.ts';
import { detectTestCommands } from '../run/commands/detect.ts';
import { firstLineOf } from '../run/probe.ts';
import { userStateFolder } from '../settings/state-folder.ts';
import { whyCopiesAlone } from '../workspace/shadow.ts';
import { makeTemporaryFolder, removeFolder } from '../workspace/temporary-folder.ts';

type Check = DoctorReport['checks'][number];

interface Program {
  name: string;
  /** The first that answers counts. */
  tries: readonly (readonly [program: string, ...args: string[]])[];
  remedy: string;
  /** What is said when none answers. */
  missing?: string;
}

const PROGRAMS: readonly Program[] = [
  { name: 'git', tries: [['git', '--version']], remedy: 'install git: https://git-scm.com/downloads' },
  { name: 'Node', tries: [['node', '--version']], remedy: 'install Node 20 or later: https://nodejs.org' },
  {
    name: 'Python',
    tries: [
      ['python3', '--version'],
      ['python', '--version'],
    ],
    remedy: 'install Python 3.8 or later: https://www.python.org/downloads',
  },
  {
    name: 'pytest',
    tries: [
      ['python3', '-m', 'pytest', '--version'],
      ['python', '-m', 'pytest', '--version'],
    ],
    remedy: 'in your virtual environment: pip install pytest',
    missing: 'no Python on PATH has it',
  },
  {
    name: 'npm',
    tries: [['npm', '--version']],
    remedy: 'it comes with Node: https://nodejs.org',
  },
  { name: 'Java', tries: [['java', '-version']], remedy: 'install a JDK, 17 or later: https://adoptium.net' },
  { name: 'Maven', tries: [['mvn', '--version']], remedy: 'install Maven: https://maven.apache.org' },
  { name: 'Go', tries: [['go', 'version']], remedy: 'install Go: https://go.dev/dl' },
  { name: 'Cargo', tries: [['cargo', '--version']], remedy: 'install Rust: https://rustup.rs' },
  {
    name: 'Ollama',
    tries: [['ollama', '--version']],
    remedy: 'only for local models; install it: https://ollama.com/download',
  },
];

const SANDBOXES: Partial<Record<NodeJS.Platform, Program>> = {
  linux: {
    name: 'sandbox',
    tries: [['bwrap', '--version']],
    remedy: 'install bubblewrap (Debian: sudo apt-get install bubblewrap)',
  },
};

/** Names of environment variables that hold a model's key. Their values are never read, shown or stored. */
const KEY_NAMES = [
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'AZURE_OPENAI_API_KEY',
];

/**
 * What was found on this machine and what is missing, each with its remedy. Programs are asked for their
 * version from outside the workspace, so that nothing of it can be run by asking.
 */
export async function doctor(options: { env: NodeJS.ProcessEnv; root: string }): Promise<DoctorReport> {
  const { root } = options;
  // npm would keep what it compiled in the temporary folder.
  const env = { ...options.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const sandbox = SANDBOXES[process.platform];
  const programs = sandbox ? [...PROGRAMS, sandbox] : PROGRAMS;
  const checks = await Promise.all(programs.map((program) => probe(program, env)));
  const temporary = await temporaryFolder();
  const isolation = temporary.status === 'found' ? [await shadows()] : [];
  const rest = [embeddedStore(), modelKeys(env), stateFolder(env), temporary];
  return { checks: [...checks, await testCommand(root), ...isolation, ...rest] };
}

async function probe({ name, tries, remedy, missing }: Program, env: NodeJS.ProcessEnv): Promise<Check> {
  for (const [program, ...args] of tries) {
    const detail = await firstLineOf(program, args, { cwd: import.meta.dirname, env });
    if (detail !== undefined) return { name, status: 'found', detail: detail || 'answers' };
  }
  return { name, status: 'missing', detail: missing ?? 'not found on PATH', remedy };
}

/** How a run's writes are kept from the user's files. */
async function shadows(): Promise<Check> {
  const name = 'shadows';
  const why = await whyCopiesAlone();
  if (why === undefined)
    return {
      name,
      status: 'found',
      detail: 'tests run over your files and write into a copy (mount namespace)',
    };
  return {
    name,
    status: 'warning',
    detail: `whole copies (${why}); a test that writes to an absolute path of yours is not stopped`,
    remedy:
      process.platform === 'linux'
        ? 'allow user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0), or in a container --cap-add SYS_ADMIN'
        : 'none is needed; mount namespaces are Linux only',
  };
}

function embeddedStore(): Check {
  const name = 'LadybugDB';
  try {
    createRequire(import.meta.url).resolve('@ladybugdb/core');
    return { name, status: 'found', detail: 'the embedded graph store' };
  } catch {
    return {
      name,
      status: 'warning',
      detail: 'not in this package; everything but "query" works',
      remedy: 'install the package made for your platform',
    };
  }
}

function modelKeys(env: NodeJS.ProcessEnv): Check {
  const present = KEY_NAMES.filter((key) => env[key]);
  return present.length > 0
    ? { name: 'model keys', status: 'found', detail: `${present.join(', ')} (names only, never shown)` }
    : {
        name: 'model keys',
        status: 'warning',
        detail: 'none in the environment; repair and the graph need none',
        remedy: `set one of ${KEY_NAMES.slice(0, 3).join(', ')} to use a model`,
      };
}

/** What the tests of the workspace would be run with, told from its files. */
async function testCommand(root: string): Promise<Check> {
  const name = 'test command';
  const [best] = await detectTestCommands(root);
  if (best) return { name, status: 'found', detail: `${best.command} (${best.why})` };
  return {
    name,
    status: 'warning',
    detail: `none recognised in ${root}`,
    remedy: 'give one to fix: weft fix DIR --test "CMD"',
  };
}

/** Whether the state folder, or the nearest one above it that is there, can be written. Nothing is. */
function stateFolder(env: NodeJS.ProcessEnv): Check {
  const name = 'state folder';
  const folder = userStateFolder(env);
  let at = folder;
  while (!existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  try {
    accessSync(at + path.sep, constants.W_OK | constants.X_OK);
    return { name, status: 'found', detail: folder };
  } catch {
    return notWritable(name, folder, 'WEFT_STATE_FOLDER');
  }
}

/** Whether a folder can be made there, told by making one. */
async function temporaryFolder(): Promise<Check> {
  const name = 'temporary folder';
  const folder = os.tmpdir();
  try {
    await removeFolder(await makeTemporaryFolder('probe'));
    return { name, status: 'found', detail: folder };
  } catch {
    return notWritable(name, folder, 'TMPDIR');
  }
}

function notWritable(name: string, folder: string, variable: string): Check {
  const remedy = `set ${variable} to a folder that you may write to`;
  return { name, status: 'missing', detail: `${folder} cannot be written`, remedy };
}
