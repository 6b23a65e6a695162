/** Maps V8's block coverage to source lines, through the source map of the text that V8 ran. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MAP = /\/\/[#@] sourceMappingURL=data:application\/json[^,\n]*?(;base64)?,(\S+)\s*$/gm;

export class ScriptLines {
  #root;
  /** Script id → its text and, for each word of it, offset and 0-based source line. */
  #scripts = new Map();

  constructor(root) {
    this.#root = root;
  }

  /** Of a script's address: relative to the root with forward slashes; undefined outside it and in packages. */
  fileOf(url) {
    try {
      const file = url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : url;
      return path.isAbsolute(file) ? this.relative(file) : undefined;
    } catch {
      return undefined;
    }
  }

  relative(file) {
    const inside = path.relative(this.#root, file).split(path.sep);
    if (inside[0] === '..' || path.isAbsolute(inside.join('/')) || inside.includes('node_modules'))
      return undefined;
    return inside.join('/');
  }

  has(scriptId) {
    return this.#scripts.has(scriptId);
  }

  /** `startColumn`: where the text starts in the file's first line; negative when a wrapper stands before it. */
  add({ scriptId, url, startColumn }, text) {
    const map = ownMap(text, path.join(this.#root, this.fileOf(url) ?? ''));
    const offsets = [];
    const lines = [];
    let line = 0;
    let start = 0;
    for (const { index, 0: word } of text.matchAll(/\n|[\w$]+/g)) {
      if (word === '\n') {
        line += 1;
        start = index + 1;
        continue;
      }
      const column = index - start + (line === 0 ? Math.min(0, startColumn) : 0);
      const source = map ? map(line, column, word) : line;
      if (source === undefined) continue;
      offsets.push(index);
      lines.push(source);
    }
    this.#scripts.set(scriptId, { length: text.length, offsets, lines });
  }

  /** 0-based source lines with a word whose innermost range was executed. Ranges nest. */
  executed(scriptId, functions) {
    const script = this.#scripts.get(scriptId);
    const ranges = functions.flatMap(({ ranges }) => ranges);
    if (!script || ranges.every(({ count }) => count === 0)) return [];
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    const executed = new Uint8Array(script.length);
    for (const { startOffset, endOffset, count } of ranges)
      executed.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    const found = new Set();
    script.offsets.forEach((offset, i) => {
      if (executed[offset] === 1) found.add(script.lines[i]);
    });
    return [...found].sort((a, b) => a - b);
  }
}

/**
 * The text's own inline map, as a function from line and column (0-based) of a word to the source line. A map that
 * leads to another file, as a bundle's does, is none: what would have to change is the file that ran. A word that the
 * source line does not have was put in on the way, and belongs to no line.
 */
function ownMap(text, file) {
  const found = [...text.matchAll(MAP)].at(-1);
  if (!found) return undefined;
  try {
    const json = found[1] ? Buffer.from(found[2], 'base64').toString() : decodeURIComponent(found[2]);
    const payload = JSON.parse(json);
    const own = (payload.sources ?? []).findIndex(
      (source) => typeof source === 'string' && resolveSource(file, payload.sourceRoot, source) === file,
    );
    if (own < 0) return undefined;
    const content = payload.sourcesContent?.[own] ?? readFileSync(file, 'utf8');
    const words = content.split('\n').map((text) => new Set(text.match(/[\w$]+/g)));
    const entries = new SourceMap(payload);
    return (line, column, word) => {
      const entry = entries.findEntry(line, column);
      if (entry.generatedLine !== line || entry.originalSource !== payload.sources[own]) return undefined;
      return words[entry.originalLine]?.has(word) ? entry.originalLine : undefined;
    };
  } catch {
    return undefined;
  }
}

function resolveSource(file, sourceRoot, source) {
  try {
    if (source.startsWith('file:')) return fileURLToPath(source);
    return path.resolve(path.dirname(file), sourceRoot ?? '', source);
  } catch {
    return undefined;
  }
}
