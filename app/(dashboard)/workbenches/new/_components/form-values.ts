import {
  defaultIsolation,
  type IsolationValues,
  readIsolation,
} from '@/app/_components/container-fields/isolation-values';
import type { PublishAddress } from '@/lib/containers/run-choices';
import type { WorkbenchOptionsInput } from '@/lib/workbenches/schema';

/** The form's fields, as typed. */
export interface FormValues extends IsolationValues {
  image: string;
  shell: NonNullable<WorkbenchOptionsInput['shell']>;
  command: string;
  name: string;
  environment: { name: string; value: string }[];
  directory: string;
  ports: { host: string; container: string }[];
  publishOn: PublishAddress;
  network: string;
}

export const emptyValues = (image: string): FormValues => ({
  ...defaultIsolation,
  image,
  shell: 'auto',
  command: '',
  name: '',
  environment: [],
  directory: '',
  ports: [],
  publishOn: '127.0.0.1',
  network: '',
});

const numberOf = (text: string) => (text.trim() === '' ? null : Number(text));

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
  ...readIsolation(values),
  network: values.network,
});
