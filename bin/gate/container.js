// @ts-check
/** Bodies that create a container, an exec or an image: the fields that Layerwright sends, and no others. */
import { checkBind, checkNetwork, checkSecurity } from './host.js';
import { fields, flag, list, map, text, whole } from './shapes.js';

/** @typedef {import('./host.js').Judge} Judge */

const texts = list(text());
const emptyObject = fields({});

const hostConfig = fields({
  PortBindings: map(list(fields({ HostIp: text(), HostPort: text() }))),
  Binds: texts,
  Memory: whole,
  MemorySwap: whole,
  NanoCpus: whole,
  PidsLimit: whole,
  RestartPolicy: fields({ Name: text(), MaximumRetryCount: whole }),
  NetworkMode: text(),
  AutoRemove: flag,
  ReadonlyRootfs: flag,
  Tmpfs: map(text(/^$/, 'empty: a file system in memory has no options here')),
  SecurityOpt: texts,
  CapDrop: texts,
  LogConfig: fields({
    Type: text(/^(?:|none|local|json-file)$/, 'none, local or json-file'),
    Config: emptyObject,
  }),
});

const processFields = {
  AttachStdin: flag,
  AttachStdout: flag,
  AttachStderr: flag,
  Tty: flag,
  Cmd: texts,
  Env: texts,
  WorkingDir: text(),
  User: text(),
};

const container = fields({
  ...processFields,
  Image: text(),
  Entrypoint: texts,
  OpenStdin: flag,
  Labels: map(text()),
  NetworkDisabled: flag,
  ExposedPorts: map(emptyObject),
  HostConfig: hostConfig,
});

/** @typedef {{ Binds?: string[] | null, NetworkMode?: string | null, SecurityOpt?: string[] | null }} Checked */

/** @param {unknown} body @param {Judge} judge */
export async function checkCreate(body, judge) {
  const checked = /** @type {{ HostConfig?: Checked | null }} */ (container(body, ''));
  const { Binds, NetworkMode, SecurityOpt } = checked.HostConfig ?? {};
  for (const option of SecurityOpt ?? []) checkSecurity(option, judge);
  for (const bind of Binds ?? []) await checkBind(bind, judge);
  await checkNetwork(NetworkMode ?? '', judge);
  return checked;
}

const exec = fields({ ...processFields, DetachKeys: text() });

/** @param {unknown} body */
export const checkExec = async (body) => exec(body, '');

const execStart = fields({ Detach: flag, Tty: flag });

/** @param {unknown} body */
export const checkExecStart = async (body) => execStart(body, '');

const imageConfig = fields({
  Cmd: texts,
  Entrypoint: texts,
  Env: texts,
  ExposedPorts: map(emptyObject),
  Healthcheck: fields({
    Test: texts,
    Interval: whole,
    Timeout: whole,
    StartPeriod: whole,
    StartInterval: whole,
    Retries: whole,
  }),
  Labels: map(text()),
  OnBuild: texts,
  Shell: texts,
  StopSignal: text(),
  User: text(),
  Volumes: map(emptyObject),
  WorkingDir: text(),
});

/** @param {unknown} body */
export const checkCommit = async (body) => imageConfig(body, '');

const login = fields({ username: text(), password: text(), serveraddress: text(), identitytoken: text() });

/** @param {unknown} body */
export const checkLogin = async (body) => login(body, '');
