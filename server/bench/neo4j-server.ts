import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/neo4j/start-neo4j.sh');
/** A busy machine was seen to take 55 s. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;
export const NEO4J_PASSWORD = 'weft-tests-only';

/** Why no Neo4j can be started on this machine; undefined where it can. */
export function whyNoNeo4j(): string | undefined {
  const missing = ['java', 'javac', 'mvn'].filter((name) => spawnSync(name, ['-version']).status !== 0);
  if (process.platform === 'win32') return 'the script that starts Neo4j needs bash';
  if (missing.length === 0) return undefined;
  return `no ${missing.join(', ')} to start Neo4j with; install JDK 17 and Maven, then type: npm run setup`;
}

/** A real Neo4j community server of its own, with data of its own: it has but one database. User neo4j. */
export class Neo4jServer {
  readonly port: number;
  readonly #data: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, data: string) {
    this.port = port;
    this.#data = data;
  }

  /** Starts one on a free port; rejects with what it said when it is not ready in 120 s. */
  static async start(): Promise<Neo4jServer> {
    const server = new Neo4jServer(await freePort(), mkdtempSync(path.join(os.tmpdir(), 'weft-neo4j-')));
    try {
      await server.startAgain();
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  get address(): string {
    return `neo4j://neo4j@127.0.0.1:${this.port}/neo4j`;
  }

  /** Process id of the server, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts it on the data that it had before. */
  startAgain(): Promise<void> {
    const child = spawn(SCRIPT, [String(this.port), this.#data], {
      env: { ...process.env, NEO4J_PASSWORD, NEO4J_ENDS_WITH_INPUT: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process = child;
    return new Promise((resolve, reject) => {
      let said = '';
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`Neo4j was not ready after ${START_LIMIT_MS / 1000} s: ${said.slice(-2_000)}`));
      }, START_LIMIT_MS);
      const hear = (text: string) => {
        said += text;
        if (!said.includes('bolt ready')) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.setEncoding('utf8').on('data', hear);
      child.stderr.setEncoding('utf8').on('data', hear);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`Neo4j ended with exit code ${code}: ${said.slice(-2_000)}`));
      });
    });
  }

  /** Ends it in order, or at once as a power failure would. The data stays. */
  async stop(how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(how);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Ends it and takes its data away. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.#data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
