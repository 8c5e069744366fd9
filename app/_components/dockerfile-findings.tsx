import { Badge, type BadgeTone } from './ui/badge';
import { Button } from './ui/button';
import type { Finding, Severity } from '@/lib/dockerfiles/finding';

const marks: Record<Severity, { word: string; tone: BadgeTone }> = {
  error: { word: 'Error', tone: 'danger' },
  warning: { word: 'Warning', tone: 'warning' },
  note: { word: 'Note', tone: 'info' },
};

const plural = (count: number, word: string) => (count === 1 ? `1 ${word}` : `${count} ${word}s`);

/** The number of findings by severity, as text. */
export const countFindings = (findings: Pick<Finding, 'severity'>[]): string =>
  (['error', 'warning', 'note'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
    .join(', ');

/** Groups findings with the same text. */
function groupFindings(findings: Finding[]): [first: Finding, ...others: Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.message}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

/** The findings of a Dockerfile by line, with a button for each available fix. */
export function DockerfileFindings({
  findings,
  onShow,
  onFix,
}: {
  findings: Finding[];
  /** Opens a line in the editor; without it, lines link to anchors of this page. */
  onShow?: (finding: Finding) => void;
  onFix?: (finding: Finding) => void;
}) {
  return (
    <ul className="divide-y divide-line" aria-label="Findings in the Dockerfile">
      {(onFix ? findings.map((finding): [Finding] => [finding]) : groupFindings(findings)).map((group) => {
        const [finding] = group;
        const { word, tone } = marks[finding.severity];
        return (
          <li
            key={`${finding.rule}-${finding.from}-${finding.message}`}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5"
          >
            <div className="min-w-60 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <Badge tone={tone}>{word}</Badge>
                {group.map((one) =>
                  onShow ? (
                    <button key={one.from} type="button" className="link text-sm" onClick={() => onShow(one)}>
                      Line {one.line}
                    </button>
                  ) : (
                    <a key={one.from} href={`#line-${one.line}`} className="link text-sm">
                      Line {one.line}
                    </a>
                  ),
                )}
                <span className="font-medium">{finding.message}</span>
              </p>
              <p className="mt-0.5 max-w-prose text-sm text-muted">{finding.why}</p>
            </div>
            {onFix && finding.fix ? (
              <Button size="small" onClick={() => onFix(finding)}>
                {finding.fix.label}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
