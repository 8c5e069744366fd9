import 'server-only';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** A parsed engine address. */
export type EngineAddress =
  | { scheme: 'unix'; socketPath: string }
  | { scheme: 'tcp'; host: string; port: number; tls: TlsFiles | null }
  | { scheme: 'ssh'; host: string; port: number; username: string | undefined };

interface TlsFiles {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

type Environment = Record<string, string | undefined>;

const badAddress = (text: string) =>
  new AppError('engine_unreachable', `"${text}" is not an address of a Docker Engine.`, {
    hint: 'Use unix:///path/to/docker.sock, tcp://host:port or ssh://user@host in LAYERWRIGHT_ENGINE or DOCKER_HOST.',
  });

function readIfThere(file: string): Buffer | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
}

/** As the docker command: DOCKER_TLS_VERIFY enables TLS, DOCKER_CERT_PATH is the directory of the files. */
function tlsFiles(port: number, environment: Environment): TlsFiles | null {
  if (!environment.DOCKER_TLS_VERIFY && port !== 2376) return null;
  const folder = environment.DOCKER_CERT_PATH || path.join(os.homedir(), '.docker');
  return {
    ca: readIfThere(path.join(folder, 'ca.pem')),
    cert: readIfThere(path.join(folder, 'cert.pem')),
    key: readIfThere(path.join(folder, 'key.pem')),
  };
}

export function parseEngineAddress(text: string, environment: Environment = process.env): EngineAddress {
  if (text.startsWith('unix://')) {
    const socketPath = text.slice('unix://'.length);
    if (!socketPath.startsWith('/')) throw badAddress(text);
    return { scheme: 'unix', socketPath };
  }
  // URL gives no host for the scheme tcp, so the address is parsed with http.
  const match = /^(tcp|https?|ssh):\/\/(.+)$/.exec(text);
  if (!match || !URL.canParse(`http://${match[2]}`)) throw badAddress(text);
  const url = new URL(`http://${match[2]}`);
  if (match[1] === 'ssh') {
    return {
      scheme: 'ssh',
      host: url.hostname,
      port: Number(url.port) || 22,
      username: decodeURIComponent(url.username) || undefined,
    };
  }
  const secure = match[1] === 'https';
  const port = Number(url.port) || (secure || environment.DOCKER_TLS_VERIFY ? 2376 : 2375);
  return {
    scheme: 'tcp',
    host: url.hostname,
    port,
    tls: tlsFiles(port, environment) ?? (secure ? {} : null),
  };
}
