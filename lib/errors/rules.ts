import { AppError, type ErrorCode, type ErrorReason } from '@/lib/errors';

/**
 * Rules for error texts of other programs (an engine, a registry through it, git). Each table is beside the code that
 * calls the program; the first matching rule wins, so specific ones come first.
 */
export interface ErrorRule {
  pattern: RegExp;
  code: ErrorCode;
  /** `$1`, `$2` are the groups of the pattern, `{name}` the values of the caller. */
  message: string;
  /** The remedy; with the same placeholders. */
  hint?: string;
  /** Field of the form. */
  field?: string;
  reason?: ErrorReason;
}

interface MatchDetails {
  values?: Record<string, string>;
  /** Default: the text itself. */
  cause?: unknown;
  reason?: ErrorReason;
}

/** In one pass: inserted text is not expanded again. */
const fill = (template: string, match: RegExpExecArray, values: Record<string, string>) =>
  template.replace(/\$(\d)|\{(\w+)\}/g, (whole, group: string | undefined, name: string | undefined) =>
    group !== undefined ? (match[Number(group)] ?? '') : (values[name!] ?? whole),
  );

/** The error of the first matching rule; null if none matches. */
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
