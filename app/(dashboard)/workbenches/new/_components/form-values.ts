import type { PublishAddress } from '@/lib/containers/run-choices';
import type { WorkbenchOptionsInput } from '@/lib/workbenches/schema';

/** The form's fields, as typed. */
export interface FormValues {
  image: string;
  shell: NonNullable<WorkbenchOptionsInput['shell']>;
  command: string;
  name: string;
  environment: { name: string; value: string }[];
  directory: string;
  ports: { host: string; container: string }[];
  publishOn: PublishAddress;
  memory: string;
  cpus: string;
  network: string;
}

export const emptyValues = (image: string): FormValues => ({
  image,
  shell: 'auto',
  command: '',
  name: '',
  environment: [],
  directory: '',
  ports: [],
  publishOn: '127.0.0.1',
  memory: '',
  cpus: '',
  network: '',
});

const numberOf = (text: string) => (text.trim() === '' ? null : Number(text));

/** The limit in bytes: megabytes as the engine counts them (1024 × 1024). */
const memoryOf = (text: string) => {
  const value = numberOf(text);
  return value === null ? null : Math.round(value * 1024 * 1024);
};

/** `8080/udp` is a port and its protocol. */
function portOf({ host, container }: FormValues['ports'][number]) {
  const [number = '', protocol = 'tcp'] = container.trim().split('/');
  return {
    container: Number(number),
    host: numberOf(host),
    protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
  };
}

/** The action validates these. */
export const toOptions = (values: FormValues): WorkbenchOptionsInput => ({
  shell: values.shell,
  command: values.shell === 'command' ? values.command.split('\n').filter((line) => line !== '') : [],
  name: values.name,
  environment: values.environment.filter(({ name, value }) => name || value),
  directory: values.directory,
  ports: values.ports.filter(({ host, container }) => host || container).map(portOf),
  publishOn: values.publishOn,
  memory: memoryOf(values.memory),
  cpus: numberOf(values.cpus),
  network: values.network,
});
