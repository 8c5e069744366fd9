import 'server-only';
import fs from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { remember } from '@/lib/remember';

/** Certificate bundles of distributions. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];
/** The engine's certificates per registry; readable if it runs on this machine. */
const engineFolder = '/etc/docker/certs.d';
/** Parsing the bundles takes about 50 ms. */
const maxAgeMs = 60_000;

const contexts = () =>
  remember('registry-trust', () => new Map<string, { at: number; context: Promise<tls.SecureContext> }>());

/** Missing and unreadable files are ignored: the handshake reports untrusted certificates. */
async function readFiles(files: string[]): Promise<string[]> {
  const read = await Promise.allSettled(files.map((file) => fs.readFile(file, 'utf8')));
  return read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function makeContext(host: string): Promise<tls.SecureContext> {
  const folder = path.join(engineFolder, host);
  const names = await fs.readdir(folder).catch(() => []);
  const own = names.filter((name) => name.endsWith('.crt')).map((name) => path.join(folder, name));
  const files = [
    ...systemBundles,
    ...own,
    ...(process.env.NODE_EXTRA_CA_CERTS ? [process.env.NODE_EXTRA_CA_CERTS] : []),
  ];
  const ca = [...tls.rootCertificates, ...(await readFiles(files))];
  return tls.createSecureContext({ ca });
}

/** Trusts the certificates of Node, this machine and the engine's directory for this registry (`host[:port]`). */
export function trustFor(host: string): Promise<tls.SecureContext> {
  const known = contexts().get(host);
  if (known && performance.now() - known.at < maxAgeMs) return known.context;
  const context = makeContext(host);
  contexts().set(host, { at: performance.now(), context });
  return context;
}
