import type { z } from 'zod';
import { AppError } from '@/lib/errors';

/** The validated input; throws invalid_input with messages by field path. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  const { '': whole, ...named } = fields;
  throw new AppError('invalid_input', whole, { fields: named });
}
