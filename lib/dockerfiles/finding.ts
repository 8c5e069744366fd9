/** Longer texts are not checked: the parser would take seconds and block the page. */
export const maxTextCharacters = 64 * 1024;

/** Another kind of file would give one per line. */
export const maxFindings = 200;

/** Offsets in the text, in UTF-16 units, as in editors. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

export interface Fix {
  label: string;
  edits: Edit[];
}

const severities = ['error', 'warning', 'note'] as const;
/** `error`: the build will fail. `warning`: probably unintended. `note`: worth knowing. */
export type Severity = (typeof severities)[number];

/** A finding about a Dockerfile. It does not prevent a build. */
export interface Finding {
  /** Name of the rule, for tests and for grouping. */
  rule: string;
  severity: Severity;
  /** The problem, in one sentence. */
  message: string;
  /** Why it matters, and the remedy. */
  why: string;
  from: number;
  to: number;
  /** From 1. */
  line: number;
  fix?: Fix;
}

/** A finding without its line, which follows from its offsets. */
export type Found = Omit<Finding, 'line'>;

/** The text with a fix applied. */
export function applyFix(text: string, { edits }: Fix): string {
  const parts: string[] = [];
  let at = text.length;
  for (const { from, to, text: put } of edits.toSorted((one, other) => other.from - one.from)) {
    parts.push(text.slice(to, at), put);
    at = from;
  }
  return parts.concat(text.slice(0, at)).toReversed().join('');
}
