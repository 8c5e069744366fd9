import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import { remember } from './remember';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter(Boolean),
  );

const flag = z
  .enum(['', '0', '1'])
  .default('')
  .transform((text) => text === '1');

const schema = z.object({
  LAYERWRIGHT_PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  LAYERWRIGHT_HOST: z.string().default('127.0.0.1'),
  LAYERWRIGHT_DATA: z.string().default('data'),
  /** Address of the engine: `unix:///path`, `tcp://host:port`, `ssh://user@host`. Set by bin/start. */
  LAYERWRIGHT_ENGINE: z.string().default(''),
  LAYERWRIGHT_BUILDS: z.coerce.number().int().min(1).max(64).default(2),
  /** Additional host names, as `name` or `name:port`; loopback names are always allowed. */
  LAYERWRIGHT_ALLOWED_HOSTS: list,
  /** Proxies whose X-Forwarded-For is trusted. */
  LAYERWRIGHT_TRUSTED_PROXIES: list,
  /** The server is reached by https through a proxy: cookies become Secure. */
  LAYERWRIGHT_HTTPS: flag,
  /** Host name for links to published ports; never a name of this server. */
  LAYERWRIGHT_PUBLISHED_HOST: z
    .string()
    .default('')
    .transform((text) => text.trim().toLowerCase()),
  /** Address of the gate before the engine (bin/gate), which is dialled in its place; empty or `0`: none. Set by bin/start. */
  LAYERWRIGHT_GATE: z.string().default(''),
  /** The address of the engine that bin/start runs; empty if it runs none. */
  LAYERWRIGHT_PRIVATE_ENGINE: z.string().default(''),
  /** The registry that bin/start runs, as host:port; empty if none. */
  LAYERWRIGHT_LOCAL_REGISTRY: z.string().default(''),
  /** The password file of that registry, which accepts who is in it; empty if its login is not ours to give. */
  LAYERWRIGHT_REGISTRY_HTPASSWD: z.string().default(''),
});

export type Env = ReturnType<typeof parseEnv>;

/** Throws an error that names the variable if a value is invalid. */
function parseEnv(source: Record<string, string | undefined>) {
  const parsed = schema.safeParse(source);
  if (!parsed.success) throw new Error(`Invalid environment: ${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  return {
    port: env.LAYERWRIGHT_PORT,
    host: env.LAYERWRIGHT_HOST,
    dataDirectory: path.resolve(/* turbopackIgnore: true */ process.cwd(), env.LAYERWRIGHT_DATA),
    engine: env.LAYERWRIGHT_ENGINE || source.DOCKER_HOST || 'unix:///var/run/docker.sock',
    concurrentBuilds: env.LAYERWRIGHT_BUILDS,
    allowedHosts: env.LAYERWRIGHT_ALLOWED_HOSTS,
    trustedProxies: env.LAYERWRIGHT_TRUSTED_PROXIES,
    https: env.LAYERWRIGHT_HTTPS,
    publishedHost: env.LAYERWRIGHT_PUBLISHED_HOST,
    gate: env.LAYERWRIGHT_GATE.replace(/^[01]$/, ''),
    privateEngine: env.LAYERWRIGHT_PRIVATE_ENGINE,
    localRegistry: env.LAYERWRIGHT_LOCAL_REGISTRY,
    registryHtpasswd: env.LAYERWRIGHT_REGISTRY_HTPASSWD,
  };
}

export const env = (): Env => remember('env', () => parseEnv(process.env));
