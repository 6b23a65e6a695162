import { useId, useState } from 'react';
import type { PlanStep } from '../../server/protocol/run.ts';
import { duration } from '../state/wording.ts';
import { useFollowed } from './followed.ts';
import { Icon, type Tone } from './icon.tsx';
import { useRovingFocus } from './roving-focus.ts';

const STATUS: Record<PlanStep['status'], { icon: string; tone: Tone; word: string }> = {
  pending: { icon: 'circle-large', tone: 'muted', word: 'to do' },
  running: { icon: 'loading', tone: 'running', word: 'running' },
  done: { icon: 'pass', tone: 'proven', word: 'done' },
  failed: { icon: 'error', tone: 'failing', word: 'failed' },
  skipped: { icon: 'circle-slash', tone: 'muted', word: 'skipped' },
};

interface StepListProps {
  steps: readonly PlanStep[];
  /** False once the run has ended: a step left running was cut off. */
  live: boolean;
}

/** The steps of a plan. A long plan scrolls inside its card, and the running step stays in view. */
export function StepList({ steps, live }: StepListProps) {
  const running = live ? steps.findIndex((step) => step.status === 'running') : -1;
  const list = useFollowed<HTMLOListElement>(running);
  const foldable = steps.filter(unfolds);
  const roving = useRovingFocus(foldable.length);
  const scrolls = steps.length > 8;
  return (
    <ol
      className="steps"
      ref={list}
      aria-label="Steps"
      tabIndex={scrolls && foldable.length === 0 ? 0 : undefined}
      onKeyDown={roving.onKeyDown}
    >
      {steps.map((step, index) => {
        const order = foldable.indexOf(step);
        return (
          <Step
            key={step.id}
            step={step}
            live={live}
            current={index === running}
            tabIndex={roving.tabIndexOf(order)}
            onEnter={() => roving.enter(order)}
          />
        );
      })}
    </ol>
  );
}

interface StepProps {
  step: PlanStep;
  live: boolean;
  current: boolean;
  tabIndex: 0 | -1;
  onEnter: () => void;
}

function Step({ step, live, current, tabIndex, onEnter }: StepProps) {
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const cutOff = step.status === 'running' && !live;
  const { icon, tone, word } = cutOff
    ? { icon: 'debug-disconnect', tone: 'warning' as const, word: 'interrupted' }
    : STATUS[step.status];
  const row = (
    <>
      <Icon name={icon} tone={tone} spin={step.status === 'running' && live} />
      <span className="step-title">{step.title}</span>
      <span className="unseen">{word}</span>
      <span className="number">{step.seconds === undefined ? '' : duration(step.seconds)}</span>
      {step.detail && <span className="step-detail">{step.detail}</span>}
    </>
  );
  return (
    <li className={`step is-${step.status}`} aria-current={current ? 'step' : undefined}>
      {unfolds(step) ? (
        <button
          type="button"
          className="step-row"
          data-roving
          tabIndex={tabIndex}
          aria-expanded={open}
          aria-controls={open ? panelId : undefined}
          onFocus={onEnter}
          onClick={() => setOpen(!open)}
        >
          {row}
        </button>
      ) : (
        <div className="step-row">{row}</div>
      )}
      {open && (
        <div id={panelId} className="step-more">
          {step.why && <p>{step.why}</p>}
          {step.commands?.map((command) => (
            <code key={command} className="command">
              {command}
            </code>
          ))}
        </div>
      )}
    </li>
  );
}

function unfolds(step: PlanStep): boolean {
  return Boolean(step.why) || Boolean(step.commands?.length);
}
