import { describe, expect, it } from 'vitest';
import type { FileChange, Hunk } from '../../server/protocol/changes.ts';
import type { Evidence } from '../../server/protocol/evidence.ts';
import { reduceRun, type FixReport, type RunState } from '../../server/protocol/run.ts';
import {
  decidingEvidence,
  isProof,
  outcomeWords,
  pendingFiles,
  secondsOf,
  writtenWords,
} from './run-facts.ts';

const begun = reduceRun(undefined, { type: 'started', runId: 'r', title: 't', command: 'c', at: 1000 });

function change(file: string, ...decisions: Hunk['decision'][]): FileChange {
  return {
    file,
    baseHash: '',
    format: { encoding: 'utf8', eol: 'lf' },
    hunks: decisions.map((decision, id) => ({
      id: String(id),
      startLine: id,
      oldLines: ['a\n'],
      newLines: [],
      decision,
    })),
  };
}

const evidence: Evidence = {
  phase: 'candidate',
  command: 'c',
  runner: 'vitest',
  passed: 3,
  failed: 0,
  skipped: 0,
  didNotRun: 0,
  seconds: 1,
  failing: [],
  where: 'shadow',
  changedFilesRan: true,
};

describe('writtenWords', () => {
  const words = (written: string[], ...changes: FileChange[]) => writtenWords({ ...begun, changes, written });
  it('says nothing is written until something is', () => {
    expect(words([], change('a', 'accepted'), change('b', 'pending'))).toBe('nothing written yet');
    expect(words([], change('a', 'rejected'))).toBe('rejected, nothing written');
    expect(words(['a'], change('a', 'accepted'), change('b', 'pending'))).toBe('1 of 2 files written');
    expect(words(['a'], change('a', 'accepted'))).toBe('written');
  });
  it('counts hunks where a file is written in part', () => {
    expect(words(['a'], change('a', 'accepted', 'rejected'))).toBe('1 of 2 hunks written');
    expect(words(['a'], change('a', 'accepted', 'pending'), change('b', 'pending'))).toBe(
      '1 of 3 hunks written',
    );
  });
  it('does not count what was undone', () => {
    expect(words(['a'], change('a', 'pending'))).toBe('nothing written yet');
    expect(words(['a'], change('a', 'pending', 'accepted'))).toBe('1 of 2 hunks written');
  });
});

describe('isProof', () => {
  it('takes only tests that ran and passed, from the changed files', () => {
    expect(isProof(evidence)).toBe(true);
    expect(isProof({ ...evidence, failed: 1 })).toBe(false);
    expect(isProof({ ...evidence, didNotRun: 1 })).toBe(false);
    expect(isProof({ ...evidence, passed: 0 })).toBe(false);
    expect(isProof({ ...evidence, changedFilesRan: false })).toBe(false);
  });
});

describe('a run', () => {
  it('is decided by the evidence of the written files over that of the shadow', () => {
    const after: Evidence = { ...evidence, phase: 'after', failed: 1 };
    expect(decidingEvidence({ ...begun, evidence: [evidence] })).toBe(evidence);
    const both = { ...begun, evidence: [evidence, after], written: ['a'] };
    expect(decidingEvidence({ ...both, changes: [change('a', 'accepted', 'rejected')] })).toBe(after);
    expect(decidingEvidence({ ...both, changes: [change('a', 'pending', 'rejected')] })).toBe(evidence);
    expect(decidingEvidence({ ...begun, evidence: [{ ...evidence, phase: 'before' }] })).toBeUndefined();
  });

  it('counts a file as pending while one hunk is', () => {
    const changes = [change('a', 'accepted', 'pending'), change('b', 'rejected')];
    expect(pendingFiles({ ...begun, changes })).toBe(1);
  });

  it('counts time only while it goes on', () => {
    const interrupted: RunState = {
      ...begun,
      status: 'interrupted',
      steps: [{ id: 's', title: 's', status: 'done', seconds: 2 }],
    };
    expect(secondsOf(begun, 4000)).toBe(3);
    expect(secondsOf(interrupted, 1e9)).toBe(2);
  });

  it('is fixed once the tests passed on the written files, and says what still fails in part of it', () => {
    const report = { failingBefore: ['a', 'b'], failingAfter: [] } as unknown as FixReport;
    const found: RunState = { ...begun, status: 'fixed', report, evidence: [evidence] };
    expect(outcomeWords(found)).toBe('Fix found: 2 failing tests pass');
    const written = (failed: number): RunState => ({
      ...found,
      changes: [change('a', 'accepted', failed > 0 ? 'rejected' : 'accepted')],
      written: ['a'],
      evidence: [evidence, { ...evidence, phase: 'after', failed }],
    });
    expect(outcomeWords(written(0))).toBe('Fixed: 2 failing tests pass');
    expect(outcomeWords(written(1))).toBe('Written in part: 1 test still fails');
  });

  it('names the message that ended it', () => {
    const failed: RunState = {
      ...begun,
      status: 'error',
      messages: [{ level: 'error', text: 'No such command' }],
    };
    expect(outcomeWords(failed)).toBe('No such command');
    const said = 'nothing fails: 3 tests pass with "npm test"';
    const report = { failingBefore: [], failingAfter: [], report: said } as unknown as FixReport;
    expect(outcomeWords({ ...failed, messages: [], report })).toBe(
      'Nothing fails: 3 tests pass with "npm test"',
    );
    expect(outcomeWords({ ...failed, messages: [] })).toBe('The run failed');
  });
});
