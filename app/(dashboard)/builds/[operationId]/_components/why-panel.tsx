import { clsx } from 'clsx';
import Link from 'next/link';
import { parseStepName } from '@/app/_components/step-list/step-name';
import { kindLook } from '@/app/_components/ui/kinds';
import { Panel } from '@/app/_components/ui/panel';
import { compareHref } from '@/app/(dashboard)/builds/_components/hrefs';
import { explainBuild } from '@/lib/builds/record';
import type { BuildDetails } from '@/lib/builds/schema';
import type { Miss } from '@/lib/builds/why';
import { formatCount } from '@/lib/format/text';
import { CauseText } from './cause-text';
import { unknownText } from './unknown-text';

/** Why the first step that missed the cache did so, against the build before. Shown of ended builds only. */
export async function WhyPanel({ build }: { build: BuildDetails }) {
  const { before, explanation } = await explainBuild(build);
  if (explanation.type === 'none') return null;
  // The first build has nothing before it, and needs no explanation.
  if (explanation.type === 'first' && build.number === 1) return null;
  return (
    <Panel
      title="Why did it run again?"
      meta={before ? `compared with #${before.number}` : undefined}
      actions={
        before ? (
          <Link href={compareHref(before.id, build.id)} className="link text-sm">
            Compare with #{before.number}
          </Link>
        ) : null
      }
    >
      {explanation.type === 'first' ? (
        <p className="text-muted">
          The builds before it were deleted from the history, so there is nothing to compare with.
        </p>
      ) : explanation.type === 'all-cached' ? (
        <p>Nothing ran again: every step came from the cache.</p>
      ) : (
        <ol className="flex flex-col gap-5">
          {explanation.misses.map((miss) => (
            <li key={miss.step.id}>
              <MissText miss={miss} before={before!.number} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function StepWords({ name, kind }: { name: string; kind: Miss['step']['kind'] }) {
  const { keyword, text, stage } = parseStepName(name);
  return (
    <span className="font-mono text-sm break-words">
      {stage ? <span className="text-muted">{stage} </span> : null}
      {keyword ? <span className={clsx('font-semibold', kindLook[kind].text)}>{keyword} </span> : null}
      {text}
    </span>
  );
}

function MissText({ miss, before }: { miss: Miss; before: number }) {
  const { step, causes, unknown, following } = miss;
  return (
    <>
      <p>
        {step.line ? (
          <>
            <a href={`#line-${step.line}`} className="link">
              Line {step.line}
            </a>{' '}
          </>
        ) : null}
        <StepWords name={step.name} kind={step.kind} />
      </p>
      <ul className="mt-2 flex flex-col gap-3 border-l-4 border-frame pl-3">
        {causes.map((cause, index) => (
          // A cause has no name of its own, and the list never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <CauseText cause={cause} before={before} />
          </li>
        ))}
        {unknown.map((what) => (
          <li key={what} className="text-muted">
            {unknownText[what]}
          </li>
        ))}
      </ul>
      {following.length > 0 ? (
        <p className="mt-2 text-muted">
          {formatCount(following.length, 'step')} after it ran again too: a step’s result stands on those
          before it.
        </p>
      ) : null}
    </>
  );
}
