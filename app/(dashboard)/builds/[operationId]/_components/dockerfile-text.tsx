'use client';

import { clsx } from 'clsx';
import { Panel } from '@/app/_components/ui/panel';
import { kindLook } from '@/app/_components/ui/kinds';
import { StatusIcon } from '@/app/_components/ui/status-mark';
import type { KindOfLines } from '@/lib/dockerfiles/kinds';
import { type OperationState, statusOf } from '@/lib/events/state';

/** The Dockerfile as built: instructions by kind, with the state of their steps, and warnings at their lines. */
export function DockerfileText({
  name,
  text,
  kinds,
  state,
}: {
  name: string;
  text: string;
  kinds: readonly KindOfLines[];
  state: OperationState;
}) {
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
            const instruction = kinds.find(({ from, to }) => from <= number && number <= to);
            return (
              <li
                key={number}
                id={`line-${number}`}
                className={clsx('flex min-w-max items-center pr-4', number === failed && 'bg-failed-soft')}
              >
                <span aria-hidden className="w-9 pr-2 text-right text-faint select-none">
                  {number}
                </span>
                <span
                  aria-hidden
                  className={clsx('w-[3px] self-stretch', instruction && kindLook[instruction.kind].fill)}
                />
                <span className="inline-flex w-7 justify-center">
                  {step ? <StatusIcon status={statusOf(step, ended)} className="size-3.5" /> : null}
                </span>
                <span className="leading-6 whitespace-pre">
                  <LineText line={line} first={instruction?.from === number ? instruction : undefined} />
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

/** The keyword of an instruction that begins here has the color of its kind. */
function LineText({ line, first }: { line: string; first: KindOfLines | undefined }) {
  const [, indent = '', keyword = '', rest = ''] = /^(\s*)(\S+)(.*)$/s.exec(line) ?? [];
  if (/^\s*#/.test(line)) return <span className="text-faint">{line}</span>;
  if (!first || !keyword) return line || ' ';
  return (
    <>
      {indent}
      <span className={clsx('font-semibold', kindLook[first.kind].text)}>{keyword}</span>
      {rest}
    </>
  );
}
