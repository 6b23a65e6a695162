/** `ROOT CYPHER TIMES`: that many queries at once, each as by a command of its own; prints their answers as JSON. */
import { runQuery } from '../../../server/services/query.ts';

/** Fifteen engines that load at once on a busy machine take their time. */
const LIMITS = { deadlineMs: 120_000 };
const [root = '', cypher = '', times = '1'] = process.argv.slice(2);
const answers = await Promise.all(
  Array.from({ length: Number(times) }, () => runQuery(root, cypher, LIMITS)),
);
process.stdout.write(JSON.stringify(answers));
