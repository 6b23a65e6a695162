/** What Weft tells of vitest's tasks, in the workers and in the reporter alike. */
import path from 'node:path';

/** Every test of a file or suite, in order; benchmarks are none. */
export function testsIn(task) {
  if (task.type === 'suite' || task.tasks) return (task.tasks ?? []).flatMap(testsIn);
  return task.meta?.benchmark ? [] : [task];
}

export function suitesIn(task) {
  return task.tasks ? [task, ...task.tasks.flatMap(suitesIn)] : [];
}

export function fileOf(root, task) {
  const file = task.file?.filepath ?? task.filepath ?? '';
  const inside = path.relative(root, file);
  return inside.startsWith('..') || path.isAbsolute(inside) ? file : inside.split(path.sep).join('/');
}

/** `file > suite > test`, after the name of its project where there are several. */
export function idOf(root, task) {
  const names = [];
  for (
    let at = task;
    at && at !== task.file && at.type !== undefined && !at.filepath;
    at = at.suite ?? undefined
  )
    if (at.name) names.unshift(at.name);
  const project = task.file?.projectName ?? task.projectName;
  return [`${project ? `|${project}| ` : ''}${fileOf(root, task)}`, ...names].join(' > ');
}

export function describeTest(root, task) {
  const { location, result } = task;
  return {
    task: task.id,
    id: idOf(root, task),
    file: fileOf(root, task),
    line: location?.line,
    state: result?.state,
    seconds: (result?.duration ?? 0) / 1000,
    error: describeError(result?.errors?.[0] ?? result?.error),
  };
}

export function describeError(error) {
  if (error === undefined || error === null) return undefined;
  if (typeof error !== 'object') return { message: String(error) };
  const compared = error.expected !== undefined || error.actual !== undefined;
  return {
    message: `${error.name && error.name !== 'Error' && error.name !== 'AssertionError' ? `${error.name}: ` : ''}${String(error.message)}`,
    stack: typeof error.stack === 'string' ? error.stack : error.stackStr,
    ...(compared ? { expected: show(error.expected), actual: show(error.actual) } : {}),
  };
}

function show(value) {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
