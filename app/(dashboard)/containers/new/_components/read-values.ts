import { readIsolation } from '@/app/_components/container-fields/isolation-values';
import type { ActionResult } from '@/lib/actions/result';
import { type RunInput, runInput } from '@/lib/containers/run-schema';
import type { RunValues } from './run-values';

const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim()));

/** The form's values as input, or errors by field (`ports.0.inside`). Empty rows are left out. */
export function readValues(image: string, values: RunValues): ActionResult<RunInput> {
  const input = {
    ...values,
    ...readIsolation(values),
    image,
    name: values.name.trim(),
    ports: values.ports
      .filter(({ inside, outside }) => inside.trim() || outside.trim())
      .map(({ inside, outside, protocol }) => ({
        inside: numberIn(inside),
        outside: outside.trim() ? numberIn(outside) : null,
        protocol,
      })),
    environment: values.environment.filter(({ name, value }) => name || value),
    mounts: values.mounts.filter(({ source, target }) => source.trim() || target.trim()),
  };
  const parsed = runInput.safeParse(input);
  if (parsed.success) return { ok: true, data: input };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  return { ok: false, code: 'invalid_input', message: 'Correct the marked fields.', fields };
}
