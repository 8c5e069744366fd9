import { engineMadeMeaning, timeRules } from '@/lib/comparisons/rules';

/** The rules for differences that are not counted. */
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
          {engineMadeMeaning} Nor are times of files and directories: every build sets new ones.
        </dd>
      </div>
    </dl>
  );
}
