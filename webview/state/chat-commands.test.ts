import { describe, expect, it } from 'vitest';
import { completionsOf, refusal } from './chat-commands.ts';

const names = (draft: string) => completionsOf(draft).map((command) => command.name);

describe('completionsOf', () => {
  it.each([
    ['/', ['/fix', '/callers', '/index', '/help']],
    ['/c', ['/callers']],
    ['/fix ', []],
    ['fix', []],
    ['/zzz', []],
  ])('offers for %j: %j', (draft, expected) => expect(names(draft)).toEqual(expected));
});

describe('refusal', () => {
  it('lets plain text and whole commands through', () => {
    for (const text of ['rename it', '/fix', '/fix npm test', '/callers total', '/index', '/help'])
      expect(refusal(text, true)).toBeUndefined();
  });
  it('says what is wrong with the others', () => {
    expect(refusal('/fxi', true)).toContain('/fxi is not a command');
    expect(refusal('/callers ', true)).toContain('needs a name');
  });
  it('runs nothing in Restricted Mode, and keeps the graph', () => {
    expect(refusal('/fix npm test', false)).toContain('Restricted Mode');
    expect(refusal('/callers total', false)).toBeUndefined();
  });
});
