/**
 * More than this is no Dockerfile that a person wrote: the parser takes seconds for it, and would hold up the page.
 * Characters.
 */
export const maxText = 64 * 1024;

/** Places are offsets in the text, in UTF-16 units, as editors count. */
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
/** `error`: the build will fail. `warning`: it does what is hardly meant. `note`: worth knowing. */
export type Severity = (typeof severities)[number];

/** Something to say about a Dockerfile. It stops nothing: the engine has the last word. */
export interface Finding {
  /** Name of the rule, for tests and for telling equal ones apart. */
  rule: string;
  severity: Severity;
  /** What is there, in one sentence. */
  message: string;
  /** Why it matters, and what to do. */
  why: string;
  from: number;
  to: number;
  /** From 1. */
  line: number;
  fix?: Fix;
}

/** A finding without its line, which follows from its place. */
export type Found = Omit<Finding, 'line'>;

/** The text with a fix done. */
export function applyFix(text: string, { edits }: Fix): string {
  return edits
    .toSorted((one, other) => other.from - one.from)
    .reduce((changed, { from, to, text: put }) => changed.slice(0, from) + put + changed.slice(to), text);
}
