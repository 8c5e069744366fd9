import { parseSize } from '@/app/_components/build-options-form/form-values';
import type { IsolationInput } from '@/lib/containers/isolation-schema';

/** The fields as typed. */
export interface IsolationValues {
  memory: string;
  cpus: string;
  pids: string;
  user: string;
  readOnly: boolean;
  /** Separated by spaces. */
  writablePaths: string;
  noNewPrivileges: boolean;
  dropCapabilities: boolean;
  seccomp: 'default' | 'unconfined';
  appArmor: string;
  selinuxType: string;
}

export interface IsolationFieldsProps {
  values: IsolationValues;
  set: (change: Partial<IsolationValues>) => void;
  errorOf: (field: keyof IsolationValues) => string | undefined;
}

export const defaultIsolation: IsolationValues = {
  memory: '',
  cpus: '',
  pids: '',
  user: '',
  readOnly: false,
  writablePaths: '/tmp',
  noNewPrivileges: false,
  dropCapabilities: false,
  seccomp: 'default',
  appArmor: '',
  selinuxType: '',
};

const optional = (text: string, read: (text: string) => number) =>
  text.trim() === '' ? undefined : read(text.trim());

/** Not yet validated: what is not a number or a size is NaN. */
export const readIsolation = (values: IsolationValues) =>
  ({
    memory: optional(values.memory, parseSize),
    cpus: optional(values.cpus, (text) => Number(text.replace(',', '.'))),
    pids: optional(values.pids, Number),
    user: values.user,
    readOnly: values.readOnly,
    writablePaths: values.writablePaths.split(/\s+/).filter((path) => path !== ''),
    noNewPrivileges: values.noNewPrivileges,
    dropCapabilities: values.dropCapabilities,
    seccomp: values.seccomp,
    appArmor: values.appArmor,
    selinuxType: values.selinuxType,
  }) satisfies IsolationInput;

/** The error of a field; `writablePaths.1` is one, too. `prefix`: of the paths of the errors. */
export const isolationErrors =
  (errors: Record<string, string>, prefix = '') =>
  (field: keyof IsolationValues): string | undefined =>
    Object.entries(errors).find(([path]) => `${path}.`.startsWith(`${prefix}${field}.`))?.[1];
