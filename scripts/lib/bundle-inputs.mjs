// Which files went into the last build of each part; the third-party notices are made from this record.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.mjs';

export const PARTS = ['extension', 'server', 'webview'];
const record = (part) => path.join(root, '.cache', 'bundle-inputs', `${part}.json`);

/** Keeps only what reached the output: what was shaken off needs no notice. */
export function inputsOfEsbuild({ metafile }) {
  const outputs = Object.values(metafile.outputs);
  return outputs.flatMap(({ inputs }) =>
    Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0),
  );
}

export function inputsOfVite(built) {
  const outputs = [built].flat().flatMap(({ output }) => output);
  const files = outputs.flatMap((o) => [...Object.keys(o.modules ?? {}), ...(o.originalFileNames ?? [])]);
  return files.map((file) => (path.isAbsolute(file) ? path.relative(root, file) : file));
}

export function rememberInputs(part, files) {
  mkdirSync(path.dirname(record(part)), { recursive: true });
  writeFileSync(record(part), JSON.stringify([...new Set(files)].sort(), undefined, 1));
}

export function recordedInputs(part) {
  return JSON.parse(readFileSync(record(part), 'utf8'));
}
