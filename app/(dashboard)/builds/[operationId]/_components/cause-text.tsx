import type { ReactNode } from 'react';
import { Digest } from '@/app/_components/ui/reference';
import { FileChanges } from '@/app/(dashboard)/builds/_components/file-changes';
import { TextDiff } from '@/app/(dashboard)/builds/_components/text-diff';
import { builderLabels } from '@/lib/builders/choices';
import type { Cause } from '@/lib/builds/cause';
import { formatCount } from '@/lib/format/text';

/** Files listed here; the comparison has all of them. */
const shown = 20;

const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-sm break-all">{children}</code>
);

function Change({ before, after }: { before: ReactNode; after: ReactNode }) {
  return (
    <span className="block text-muted">
      was {before}, is {after}
    </span>
  );
}

const unfinishedText = {
  failed: 'it failed',
  'cut-off': 'it was cancelled',
  'not-begun': 'it was skipped',
};

function instructionWords({ own, before, after, line }: Extract<Cause, { type: 'instruction' }>): string {
  if (own) return before === null ? 'The instruction is new.' : 'The instruction changed.';
  if (after === null) return 'An earlier instruction was removed.';
  const what = before === null ? 'was added' : 'changed';
  return `An earlier instruction (line ${line}) ${what}.`;
}

/** One cause in words, with what shows it, for each type of cause. `before` is the number of the build before. */
const causeTexts: {
  [Type in Cause['type']]: (cause: Extract<Cause, { type: Type }>, before: number) => ReactNode;
} = {
  'no-cache': () => <p className="font-semibold">The option “Ignore the cache” was on.</p>,
  builder: (cause) => (
    <p>
      <b>Different builder.</b> Each builder has its own cache.
      <Change
        before={builderLabels[cause.before] ?? cause.before}
        after={builderLabels[cause.after] ?? cause.after}
      />
    </p>
  ),
  engine: (cause) => (
    <p>
      <b>Different engine.</b> The engine was replaced, and its build cache may be lost. Nothing else in this
      step changed.
      <Change before={cause.before} after={cause.after} />
    </p>
  ),
  base: (cause) => (
    <p>
      <b>
        The base image <Code>{cause.reference}</Code> changed.
      </b>
      <Change before={<Digest value={cause.before} />} after={<Digest value={cause.after} />} />
    </p>
  ),
  instruction: (cause) => (
    <>
      <p className="mb-1 font-semibold">{instructionWords(cause)}</p>
      <TextDiff before={cause.before ?? ''} after={cause.after ?? ''} label="Instruction before and after" />
    </>
  ),
  argument: (cause) => (
    <p>
      <b>
        The argument <Code>{cause.name}</Code> changed.
      </b>
      <Change
        before={cause.before === null ? 'not set' : <Code>{cause.before || '(empty)'}</Code>}
        after={cause.after === null ? 'not set' : <Code>{cause.after || '(empty)'}</Code>}
      />
    </p>
  ),
  option: (cause) => (
    <p>
      <b>The option “{cause.name}” changed.</b>
      <Change before={<Code>{cause.before}</Code>} after={<Code>{cause.after}</Code>} />
    </p>
  ),
  files: (cause) => (
    <>
      <p className="mb-1">
        <b>
          {cause.changes.length === 1
            ? `The file ${cause.changes[0]!.path} ${cause.changes[0]!.how === 'changed' ? 'changed' : `was ${cause.changes[0]!.how}`}.`
            : `${formatCount(cause.changes.length, 'file')} it copies changed.`}
        </b>
        {cause.own ? null : (
          <span className="block text-muted">Copied in line {cause.place.line}, before this step.</span>
        )}
      </p>
      <FileChanges changes={cause.changes} most={shown} />
    </>
  ),
  remote: (cause) => (
    <p>
      <b>The content of</b> <Code>{cause.source}</Code> <b>may have changed.</b> Only the builder reads it, so
      this is not certain.
    </p>
  ),
  unfinished: (cause, before) => (
    <p>
      <b>No result to reuse.</b> In #{before} {unfinishedText[cause.how]}.
    </p>
  ),
  gone: (_cause, before) => (
    <p>
      <b>No known change since #{before}.</b> The engine no longer had the result: its build cache was pruned,
      by hand or automatically.
    </p>
  ),
};

export function CauseText({ cause, before }: { cause: Cause; before: number }) {
  // TypeScript does not see that the entry of a type takes causes of that type.
  const text = causeTexts[cause.type] as (cause: Cause, before: number) => ReactNode;
  return text(cause, before);
}
