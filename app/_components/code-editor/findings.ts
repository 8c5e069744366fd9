import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { checkDockerfile } from '@/lib/dockerfiles/check';
import type { Finding } from '@/lib/dockerfiles/finding';

const severityOf = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Pause in typing before the text is checked. */
const checkDelayMs = 300;

function explain({ message, why }: Finding): Node {
  const box = document.createElement('div');
  box.append(message);
  const more = document.createElement('span');
  more.className = 'cm-why';
  more.textContent = why;
  box.append(more);
  return box;
}

/** Applies the fix of a finding, unless the text has changed since. */
export function applyFinding(view: EditorView, { rule, from }: Finding): void {
  const fix = checkDockerfile(view.state.doc.toString()).find(
    (other) => other.rule === rule && other.from === from,
  )?.fix;
  if (!fix) return;
  view.dispatch({
    changes: fix.edits.map((edit) => ({ from: edit.from, to: edit.to, insert: edit.text })),
    userEvent: 'input.fix',
    scrollIntoView: true,
  });
}

const toDiagnostic = (finding: Finding): Diagnostic => ({
  from: finding.from,
  to: finding.to,
  severity: severityOf[finding.severity],
  message: `${finding.message} ${finding.why}`,
  renderMessage: () => explain(finding),
  actions: finding.fix && [{ name: finding.fix.label, apply: (view) => applyFinding(view, finding) }],
});

/** Checks the text when typing pauses, marks the findings and reports them. */
export const dockerfileFindings = (onFindings: (findings: Finding[]) => void) => [
  linter(
    (view) => {
      const findings = checkDockerfile(view.state.doc.toString());
      onFindings(findings);
      return findings.map(toDiagnostic);
    },
    { delay: checkDelayMs },
  ),
  lintGutter(),
];
