import { parseSize } from '@/app/_components/build-options-form/check-form';
import type { Pair } from '@/app/_components/build-options-form/pair-row';
import {
  type publishAddresses,
  type restartPolicies,
  type RunInput,
  runInput,
  type RunOptions,
} from '@/lib/containers/run-schema';

export interface PortRow {
  inside: string;
  outside: string;
  protocol: 'tcp' | 'udp';
}

export interface MountRow {
  source: string;
  target: string;
  readOnly: boolean;
}

/** What the form holds: as typed, so that nothing is lost while it is half written. */
export interface RunValues {
  name: string;
  entrypoint: string;
  command: string;
  ports: PortRow[];
  publishOn: (typeof publishAddresses)[number];
  environment: Pair[];
  mounts: MountRow[];
  memory: string;
  cpus: string;
  pids: string;
  restart: (typeof restartPolicies)[number];
  network: string;
  autoRemove: boolean;
}

/** `onlyHere`: the browser runs on this machine, so that nobody else needs to reach what is published. */
export const firstValues = (options: RunOptions, onlyHere: boolean): RunValues => ({
  name: options.suggestedName,
  entrypoint: '',
  command: '',
  ports: options.exposed.map(({ inside, protocol }) => ({ inside: String(inside), outside: '', protocol })),
  publishOn: onlyHere ? '127.0.0.1' : '',
  environment: [],
  mounts: [],
  memory: '',
  cpus: '',
  pids: '',
  restart: 'no',
  network: options.networks.includes('bridge') ? 'bridge' : (options.networks[0] ?? 'bridge'),
  autoRemove: false,
});

const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim()));
const optional = (text: string, read: (text: string) => number) =>
  text.trim() === '' ? undefined : read(text);

/** What the form means, or its errors by field (`ports.0.inside`). Empty rows are left out. */
export function readValues(
  image: string,
  values: RunValues,
): { ok: true; input: RunInput } | { ok: false; errors: Record<string, string> } {
  const input = {
    ...values,
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
    memory: optional(values.memory, parseSize),
    cpus: optional(values.cpus, (text) => numberIn(text.replace(',', '.'))),
    pids: optional(values.pids, numberIn),
  };
  const parsed = runInput.safeParse(input);
  if (parsed.success) return { ok: true, input };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= issue.message;
  return { ok: false, errors };
}

/** The first error of a row, whichever of its fields has it. */
export const errorAt = (errors: Record<string, string>, field: string) => (index: number) =>
  Object.entries(errors).find(
    ([path]) => path === `${field}.${index}` || path.startsWith(`${field}.${index}.`),
  )?.[1];
