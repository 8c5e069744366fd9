import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

// The library `yaml`, in the copy that Playwright brings, which has no types.
const { yaml } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle') as {
  yaml: { parse: (text: string, options: { merge: boolean }) => unknown };
};

const file = path.join(import.meta.dirname, '../../compose.yaml');
const seconds = z
  .string()
  .regex(/^\d+s$/)
  .transform((text) => Number.parseInt(text, 10));

const mount = z.strictObject({
  type: z.literal('bind'),
  source: z.string(),
  target: z.string(),
  read_only: z.boolean().default(false),
  bind: z.strictObject({ create_host_path: z.literal(false) }),
});

/** Strict: an option that the tests would not pass on is an error. */
const service = z.strictObject({
  image: z.string(),
  restart: z.enum(['unless-stopped', 'no']),
  init: z.boolean(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  logging: z.strictObject({ driver: z.string() }),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  stop_grace_period: seconds.default(10),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).default([]),
  environment: z.record(z.string(), z.string()),
  user: z.string().optional(),
  network_mode: z.string().optional(),
  command: z.array(z.string()).optional(),
  healthcheck: z.strictObject({ test: z.array(z.string()), interval: seconds, timeout: seconds }).optional(),
  volumes: z.array(mount),
  tmpfs: z.array(z.string()).default([]),
});

export type Service = z.output<typeof service>;

const document = z.strictObject({
  name: z.string(),
  'x-confined': z.unknown(),
  services: z.strictObject({ web: service, gate: service }),
});

/** As Compose does: `${NAME:-default}` and `${NAME:?message}`. */
const interpolate = (text: string, variables: Record<string, string>) =>
  text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = variables[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name} is not set: ${rest}`);
    return rest;
  });

/** The services of compose.yaml. */
export function readCompose(variables: Record<string, string>): Record<'web' | 'gate', Service> {
  const parsed = yaml.parse(readFileSync(file, 'utf8'), { merge: true });
  const interpolated: unknown = JSON.parse(JSON.stringify(parsed), (_, value: unknown) =>
    typeof value === 'string' ? interpolate(value, variables) : value,
  );
  return document.parse(interpolated).services;
}

const nanoseconds = (each: number) => each * 1e9;

/** The body of the Engine API's request that Compose makes of a service. */
export function containerBody(from: Service): Record<string, unknown> {
  const ports = from.ports.map((each) => each.split(':'));
  const perPort = <T>(value: (port: string[]) => T) =>
    Object.fromEntries(ports.map((port) => [`${port[2]}/tcp`, value(port)]));
  return {
    Image: from.image,
    Cmd: from.command,
    User: from.user,
    Env: Object.entries(from.environment).map(([name, value]) => `${name}=${value}`),
    StopTimeout: from.stop_grace_period,
    ExposedPorts: perPort(() => ({})),
    Healthcheck: from.healthcheck && {
      Test: from.healthcheck.test,
      Interval: nanoseconds(from.healthcheck.interval),
      Timeout: nanoseconds(from.healthcheck.timeout),
    },
    HostConfig: {
      Init: from.init,
      ReadonlyRootfs: from.read_only,
      CapDrop: from.cap_drop,
      SecurityOpt: from.security_opt,
      LogConfig: { Type: from.logging.driver },
      RestartPolicy: { Name: from.restart },
      NetworkMode: from.network_mode,
      PortBindings: perPort(([ip, port]) => [{ HostIp: ip, HostPort: port }]),
      Mounts: from.volumes.map(({ source, target, read_only: isReadOnly }) => ({
        Type: 'bind',
        Source: source,
        Target: target,
        ReadOnly: isReadOnly,
      })),
      Tmpfs: Object.fromEntries(from.tmpfs.map((target) => [target, ''])),
    },
  };
}
