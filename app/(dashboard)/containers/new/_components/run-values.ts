import type { Pair } from '@/app/_components/build-options-form/pair-row';
import { defaultIsolation, type IsolationValues } from '@/app/_components/container-fields/isolation-values';
import type { publishAddresses, restartPolicies, RunOptions } from '@/lib/containers/run-schema';

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

/** The form's values as typed, so that incomplete input is kept. */
export interface RunValues extends IsolationValues {
  name: string;
  entrypoint: string;
  command: string;
  ports: PortRow[];
  publishOn: (typeof publishAddresses)[number];
  environment: Pair[];
  mounts: MountRow[];
  restart: (typeof restartPolicies)[number];
  network: string;
  autoRemove: boolean;
}

/** The props of each section. */
export interface RunSectionProps {
  values: RunValues;
  set: (change: Partial<RunValues>) => void;
  errors: Record<string, string>;
  options: RunOptions;
}

export const firstValues = (options: RunOptions): RunValues => ({
  ...defaultIsolation,
  name: options.suggestedName,
  entrypoint: '',
  command: '',
  ports: options.exposed.map(({ inside, protocol }) => ({ inside: String(inside), outside: '', protocol })),
  publishOn: '127.0.0.1',
  environment: [],
  mounts: [],
  restart: 'no',
  network: options.networks.includes('bridge') ? 'bridge' : (options.networks[0] ?? 'bridge'),
  autoRemove: false,
});

/** The first error of any field of a row. */
export const errorAt = (errors: Record<string, string>, field: string) => (index: number) =>
  Object.entries(errors).find(
    ([path]) => path === `${field}.${index}` || path.startsWith(`${field}.${index}.`),
  )?.[1];
