import type { BuildSummary } from '@/lib/builds/schema';

/** Share of instructions that were cached, as a bar and in numbers. */
export function CacheShare({ build }: { build: Pick<BuildSummary, 'steps' | 'cachedSteps'> }) {
  if (!build.steps) return '–';
  const share = build.cachedSteps / build.steps;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums">
      <svg aria-hidden className="h-1.5 w-12 overflow-hidden rounded-full">
        <rect width="100%" height="100%" className="fill-waiting-soft" />
        <rect width={`${share * 100}%`} height="100%" className="fill-cached" />
      </svg>
      {build.cachedSteps} of {build.steps}
    </span>
  );
}
