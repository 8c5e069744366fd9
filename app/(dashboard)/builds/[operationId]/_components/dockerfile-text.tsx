'use client';

import { clsx } from 'clsx';
import { Panel } from '@/app/_components/ui/panel';
import { kindLook } from '@/app/_components/ui/kinds';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import { type OperationState, statusOf } from '@/lib/events/state';

/** The Dockerfile as it was, each instruction with the state of its step, warnings at their lines. */
export function DockerfileText({ name, text, state }: { name: string; text: string; state: OperationState }) {
  const ended = state.end !== undefined;
  const steps = new Map(state.steps.filter((step) => step.line).map((step) => [step.line!, step]));
  const warnings = state.warnings.filter((warning) => warning.line);
  const failed = state.steps.find((step) => step.error && step.line)?.line;
  return (
    <Panel title={name} meta={warnings.length ? `${warnings.length} warnings` : undefined} padding="flush">
      <ol className="overflow-x-auto py-2 font-mono text-sm" tabIndex={0} aria-label={`Text of ${name}`}>
        {text
          .trimEnd()
          .split('\n')
          .map((line, index) => {
            const number = index + 1;
            const step = steps.get(number);
            const here = warnings.filter((warning) => warning.line === number);
            return (
              <li
                key={number}
                id={`line-${number}`}
                className={clsx('min-w-max px-4 leading-6', number === failed && 'bg-failed-soft')}
              >
                <span className="inline-flex w-10 items-center gap-1.5 align-middle">
                  {step ? <StatusIcon status={statusOf(step, ended)} className="size-3.5" /> : null}
                </span>
                <span aria-hidden className="inline-block w-8 pr-3 text-right text-faint select-none">
                  {number}
                </span>
                <span className={clsx('whitespace-pre', step && kindLook[step.kind].text)}>
                  {line || ' '}
                </span>
                {here.map((warning) => (
                  <span key={warning.short} className="ml-6 font-sans text-interrupted-ink">
                    ⚠ {warning.short}
                  </span>
                ))}
              </li>
            );
          })}
      </ol>
    </Panel>
  );
}
