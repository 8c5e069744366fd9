import { Badge, type BadgeTone } from './ui/badge';
import { Button } from './ui/button';
import type { Finding, Severity } from '@/lib/dockerfiles/finding';

const marks: Record<Severity, { word: string; tone: BadgeTone }> = {
  error: { word: 'Error', tone: 'danger' },
  warning: { word: 'Warning', tone: 'warning' },
  note: { word: 'Note', tone: 'info' },
};

const plural = (count: number, word: string) => (count === 1 ? `1 ${word}` : `${count} ${word}s`);

/** How many there are of each, in words. */
export const countFindings = (findings: Pick<Finding, 'severity'>[]): string =>
  (['error', 'warning', 'note'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
    .join(', ');

/** What is said about a Dockerfile, line by line; with a button for what can be mended here. */
export function DockerfileFindings({
  findings,
  onShow,
  onFix,
}: {
  findings: Finding[];
  /** Where the text can be gone to; else the lines have anchors on this page. */
  onShow?: (finding: Finding) => void;
  onFix?: (finding: Finding) => void;
}) {
  return (
    <ul className="divide-y divide-line" aria-label="Findings in the Dockerfile">
      {findings.map((finding) => {
        const { word, tone } = marks[finding.severity];
        return (
          <li
            key={`${finding.rule}-${finding.from}-${finding.message}`}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5"
          >
            <div className="min-w-60 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <Badge tone={tone}>{word}</Badge>
                {onShow ? (
                  <button type="button" className="link text-sm" onClick={() => onShow(finding)}>
                    Line {finding.line}
                  </button>
                ) : (
                  <a href={`#line-${finding.line}`} className="link text-sm">
                    Line {finding.line}
                  </a>
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
