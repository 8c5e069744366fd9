import { AppError, type ErrorCode, type ErrorReason } from '@/lib/errors';

/**
 * What a text of another program (an engine, a registry through it, git) means. Each table stands beside the code that
 * knows the program; the first rule that fits wins, so the narrow ones stand before the wide ones.
 */
export interface ErrorRule {
  pattern: RegExp;
  code: ErrorCode;
  /** With `$1`, `$2` for the groups of the pattern, and `{name}` for the values that the caller gives. */
  message: string;
  /** What can be done about it; filled in like the message. */
  hint?: string;
  /** Field of the form that it belongs to. */
  field?: string;
  reason?: ErrorReason;
}

interface MatchDetails {
  values?: Record<string, string>;
  /** The text itself, unless this is given. */
  cause?: unknown;
  reason?: ErrorReason;
}

/** One pass: what is filled in is not read again. */
const fill = (template: string, match: RegExpExecArray, values: Record<string, string>) =>
  template.replace(/\$(\d)|\{(\w+)\}/g, (whole, group: string | undefined, name: string | undefined) =>
    group !== undefined ? (match[Number(group)] ?? '') : (values[name!] ?? whole),
  );

/** The error of the first rule that fits the text; null where none does. */
export function matchRule(
  rules: readonly ErrorRule[],
  text: string,
  { values = {}, cause = new Error(text), reason }: MatchDetails = {},
): AppError | null {
  for (const rule of rules) {
    const match = rule.pattern.exec(text);
    if (!match) continue;
    const message = fill(rule.message, match, values);
    return new AppError(rule.code, message, {
      hint: rule.hint && fill(rule.hint, match, values),
      cause,
      reason: rule.reason ?? reason,
      ...(rule.field && { fields: { [rule.field]: message } }),
    });
  }
  return null;
}
