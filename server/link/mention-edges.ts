import { FLAG, MENTION, OP, TERM } from '../index/facts.ts';
import type { EdgeTable } from './edges.ts';
import type { Evaluator } from './evaluator.ts';
import { NODE } from './live/trace-log.ts';

/**
 * Names and members that are mentioned and not called: USES, and the getters and setters that run for them.
 *
 * @param only the file's own numbers of the symbols whose edges are added; all by default.
 */
export function addMentions(edges: EdgeTable, ev: Evaluator, file: number, only?: ReadonlySet<number>): void {
  const { mentions } = ev.program.facts[file]!;
  for (let row = 0; row < mentions.length; row += MENTION.width)
    if (!only || only.has(mentions[row + MENTION.from]!)) addMention(edges, ev, file, row);
}

export function addMention(edges: EdgeTable, ev: Evaluator, file: number, row: number): void {
  const { program } = ev;
  const { mentions, terms } = program.facts[file]!;
  program.reads?.at(file, NODE.mention, row);
  const term = mentions[row + MENTION.term]!;
  const op = terms[term * TERM.width]!;
  const from = program.symbol(file, mentions[row + MENTION.from]!);
  const [line, column] = [mentions[row + MENTION.line]!, mentions[row + MENTION.column]!];
  const use = (to: number, tier: 'scope' | 'receiver') => {
    if (to < 0 || to === from || program.isBuiltIn(to) || program.localOf(to) === 0) return;
    edges.add({
      ...{ kind: 'USES', from, to, line, column, tier, confidence: tier === 'scope' ? 0.98 : 0.9 },
      reason: tier === 'scope' ? 'mentioned by name' : 'a member of the receiver’s type',
    });
  };
  if (op === OP.symbol) use(program.symbol(file, terms[term * TERM.width + TERM.a]!), 'scope');
  else if (op === OP.import || op === OP.global) {
    const value = ev.value(file, term);
    if (value?.t === 'class' || value?.t === 'function') use(value.symbol, 'scope');
  } else if (op === OP.member) {
    const object = ev.value(file, terms[term * TERM.width + TERM.a]!);
    const name = program.text(file, terms[term * TERM.width + TERM.b]!);
    const found = ev.members(object, name);
    const isWritten = (mentions[row + MENTION.flags]! & FLAG.written) !== 0;
    const accessor = found.find(
      (f) => (program.flags(f.symbol) & (isWritten ? FLAG.setter : FLAG.getter)) !== 0,
    );
    if (accessor && !program.isBuiltIn(accessor.symbol))
      edges.add({
        ...{ kind: 'CALLS', from, to: accessor.symbol, form: 'accessor', line, column },
        ...{ tier: 'receiver', confidence: 0.92, reason: 'the accessor of the receiver’s type' },
      });
    else if (found[0]) use(found[0].symbol, 'receiver');
    else if (object?.t === 'module') {
      const value = ev.memberValue(object, name);
      if (value?.t === 'class' || value?.t === 'function') use(value.symbol, 'scope');
    }
  }
}
