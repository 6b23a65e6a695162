import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';

/** Where util-linux and the shell stand, whatever PATH says. */
const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const PROBE_MS = 10_000;

/**
 * Lays the workspace under the copy, so that what was not copied is seen there and what is written stays there, and
 * puts the result in the workspace's place. Paths of a person's never stand in mount options: links lead to them.
 */
const SCRIPT = `
here=$PWD
options=$1 copy=$2 root=$3 mount=$4
cd "$5"
export TMPDIR="$PWD/temporary"
shift 5
{
  "$mount" -t overlay weft -o "lowerdir=lower,upperdir=upper,workdir=work$options" "$copy" &&
  for each in covers/*; do
    [ ! -d "$each" ] ||
      "$mount" -t overlay weft -o "lowerdir=$each/lower,upperdir=$each/upper,workdir=$each/work$options" "$each/lower" ||
      exit 125
  done &&
  "$mount" --bind "$copy" "$root" &&
  cd "$here"
} || { echo 'weft: the shadow could not be mounted' >&2; exit 125; }
exec "$@"
`;

export interface MountedCopy {
  /** Holds the copy and what belongs to it; on a file system that an overlay can write to. */
  home: string;
  /** The copied files: the writable side. */
  copy: string;
  /** The user's folder: never written, and hidden behind the copy. */
  root: string;
  /** More folders of the user's that commands may reach; what is written there goes nowhere. Parents first. */
  covers: readonly string[];
}

/**
 * How to run commands in a mount namespace in which `copy` and `root` both show the copy over the user's files, and
 * every write lands in the copy. Needs no privileges where user namespaces are allowed, and leaves nothing mounted.
 */
export async function enterNamespace(
  mounted: MountedCopy,
): Promise<{ command: (argv: readonly string[]) => string[] } | { unavailable: string }> {
  if (process.platform !== 'linux') return { unavailable: 'mount namespaces are Linux only' };
  const programs = findPrograms();
  if (!programs) return { unavailable: 'unshare and mount (util-linux) are not installed' };
  await prepare(mounted);
  const command = (argv: readonly string[]) => [...prefix(mounted, programs), ...argv];
  const marker = path.join(mounted.copy, `.weft-${path.basename(mounted.home)}`);
  await fs.writeFile(marker, '');
  const seen = path.join(mounted.root, path.basename(marker));
  const failure = await failureOf(command([programs.sh, '-c', '[ -e "$1" ]', 'sh', seen]), mounted.copy);
  await fs.rm(marker);
  return failure === undefined ? { command } : { unavailable: failure };
}

interface Programs {
  sh: string;
  unshare: string;
  mount: string;
}

function findPrograms(): Programs | undefined {
  const [sh, unshare, mount] = ['sh', 'unshare', 'mount'].map((name) =>
    FOLDERS.map((folder) => path.join(folder, name)).find(isProgram),
  );
  return sh && unshare && mount ? { sh, unshare, mount } : undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function prepare({ home, copy, root, covers }: MountedCopy): Promise<void> {
  await fs.symlink(root, path.join(home, 'lower'));
  await fs.symlink(copy, path.join(home, 'upper'));
  await fs.mkdir(path.join(home, 'work'));
  for (const [i, target] of covers.entries()) {
    // The shell lists them in this order.
    const cover = path.join(home, 'covers', String(i).padStart(4, '0'));
    for (const name of ['upper', 'work']) await fs.mkdir(path.join(cover, name), { recursive: true });
    await fs.symlink(target, path.join(cover, 'lower'));
  }
}

function prefix({ home, copy, root }: MountedCopy, { sh, unshare, mount }: Programs): string[] {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const script = (options: string) => [sh, '-c', SCRIPT, 'weft', options, copy, root, mount, home];
  if (uid === 0) return [unshare, '--mount', '--', ...script('')];
  // To mount takes being root in a user namespace; a second one inside gives the user's own ids back.
  const back = [unshare, '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  return [unshare, '--user', '--map-root-user', '--mount', '--', ...script(',userxattr'), ...back];
}

function failureOf(argv: readonly string[], cwd: string): Promise<string | undefined> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: PROBE_MS, killSignal: 'SIGKILL' }, (error, _stdout, stderr) => {
      const said = stderr.trim().split('\n', 1)[0];
      resolve(error ? said || error.message.split('\n', 1)[0] : undefined);
    });
  });
}
