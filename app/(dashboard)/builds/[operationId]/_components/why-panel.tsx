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

/** Causes of the first cache miss, compared with the previous build. Only for ended builds. */
export async function WhyPanel({ build }: { build: BuildDetails }) {
  const { before, explanation } = await explainBuild(build);
  if (explanation.type === 'none') return null;
  // A first build has no previous one.
  if (explanation.type === 'first' && build.number === 1) return null;
  return (
    <Panel
      title="Cache misses"
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
        <p className="text-muted">Nothing to compare with: earlier builds were deleted from the history.</p>
      ) : explanation.type === 'all-cached' ? (
        <p>No cache misses: every step was cached.</p>
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
          // Causes have no key, and the list never changes.
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
          {formatCount(following.length, 'later step')} {following.length === 1 ? 'was' : 'were'} invalidated.
        </p>
      ) : null}
    </>
  );
}
