import type { FixOutcome } from '../loops/fix.ts';
import type { Evidence } from '../protocol/evidence.ts';
import type { TestCommand } from '../run/types.ts';

/** The report of a fix, in Markdown: what changed, why, the evidence, what was tried. */
export function describeFix(outcome: FixOutcome, command: TestCommand): string {
  const [first] = outcome.localisation;
  const lines = [
    `# ${HEADINGS[outcome.status]}`,
    '',
    `Tests: \`${command.command}\` (${command.runner}, ${command.why})`,
  ];
  if (outcome.patch)
    lines.push(
      '',
      '## What changes',
      '',
      `Kind of change: ${outcome.templates.join(', ')}.`,
      '',
      '```diff',
      outcome.patch.trimEnd(),
      '```',
    );
  if (first)
    lines.push(
      '',
      '## Why there',
      '',
      ...outcome.localisation
        .slice(0, 5)
        .map((s) => `- ${s.file}:${s.line} (suspicion ${s.score.toFixed(2)})`),
    );
  lines.push('', '## Evidence', '', ...outcome.evidence.map(describeEvidence));
  if (outcome.failingAfter.length > 0)
    lines.push('', '## Still failing', '', ...outcome.failingAfter.map((id) => `- ${id}`));
  lines.push(
    '',
    `Tried: ${outcome.candidatesTried} candidates; ${outcome.alternatives.length} other patches pass too.`,
  );
  lines.push('', 'A patch that passes its tests is plausible, not certain: read it before you accept it.');
  return lines.join('\n');
}

const HEADINGS: Record<FixOutcome['status'], string> = {
  fixed: 'A patch makes every failing test pass',
  partial: 'A patch makes some failing tests pass',
  unfixed: 'No patch was found',
  error: 'The fix did not run',
};

function describeEvidence({
  phase,
  passed,
  failed,
  skipped,
  didNotRun,
  changedFilesRan,
  seconds,
}: Evidence): string {
  const names = { before: 'Before', candidate: 'With the patch, in a copy', after: 'After writing' };
  const rest = [skipped > 0 ? `${skipped} skipped` : '', didNotRun > 0 ? `${didNotRun} did not run` : ''];
  const ran = changedFilesRan === true ? 'the changed files ran' : '';
  return `- ${names[phase]}: ${[`${passed} passed`, `${failed} failed`, ...rest, ran].filter(Boolean).join(', ')} (${seconds.toFixed(1)} s)`;
}
