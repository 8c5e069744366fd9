import { engineMadeMeaning, timeRules } from '@/lib/comparisons/rules';

/** The rules by which a difference is called time-dependent. */
export function RuleList() {
  return (
    <dl className="flex flex-col gap-2">
      {timeRules.map(({ id, label, meaning }) => (
        <div key={id} className="grid gap-x-5 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <dt className="font-medium">{label}</dt>
          <dd className="text-muted">{meaning}</dd>
        </div>
      ))}
      <div className="grid gap-x-5 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <dt className="font-medium">Not compared</dt>
        <dd className="text-muted">
          {engineMadeMeaning} Times of files and directories, in both: each is made anew by a build.
        </dd>
      </div>
    </dl>
  );
}
