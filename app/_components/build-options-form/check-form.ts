import { type BuildOptions, buildOptions } from '@/lib/projects/options/schema';
import { type OptionsForm, parseSize } from './form-values';

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function parseUlimit(line: string) {
  const match = /^(\w+)\s*=\s*(-?\d+)(?:\s*:\s*(-?\d+))?$/.exec(line);
  if (!match) return { name: line, soft: Number.NaN, hard: Number.NaN };
  return { name: match[1]!, soft: Number(match[2]), hard: Number(match[3] ?? match[2]) };
}

const optional = <T>(text: string, read: (text: string) => T): T | undefined =>
  text.trim() === '' ? undefined : read(text.trim());

/** The options of a form, or its errors by field (`tags.0`, `buildArgs.2.name`). Empty rows are ignored. */
export function fromForm(
  form: OptionsForm,
): { ok: true; options: BuildOptions } | { ok: false; errors: Record<string, string> } {
  const parsed = buildOptions.safeParse({
    ...form,
    dockerfile: form.dockerfile.trim(),
    target: optional(form.target, String),
    platform: optional(form.platform, String),
    tags: form.tags.map((tag) => tag.trim()).filter(Boolean),
    buildArgs: form.buildArgs.filter(({ name, value }) => name || value),
    labels: form.labels.filter(({ name, value }) => name || value),
    extraHosts: linesOf(form.extraHosts),
    cacheFrom: linesOf(form.cacheFrom),
    ulimits: linesOf(form.ulimits).map(parseUlimit),
    secrets: form.secrets.map((id) => ({ id })),
    shmSize: optional(form.shmSize, parseSize),
    memory: optional(form.memory, parseSize),
    cpuset: optional(form.cpuset, (text) => text.replaceAll(' ', '')),
    cpus: optional(form.cpus, (text) => Number(text.replace(',', '.'))),
  });
  if (parsed.success) return { ok: true, options: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= issue.message;
  return { ok: false, errors };
}
