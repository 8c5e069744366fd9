import { AppError } from '@/lib/errors';

/** Ids and references become parts of engine paths: nothing else than these shapes ever does. */
const idPattern = /^(sha256:)?[a-f0-9]{12,64}$/;
const containerNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;

const host = String.raw`(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?`;
const component = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const referencePattern = new RegExp(
  `^((?:${host}/)?${component}(?:/${component})*)(?::([a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$`,
);
/** Docker's limit is 255 for the name alone; host, tag and digest come on top. */
const maxReferenceLength = 512;

export interface NameParts {
  /** With the host, without tag and digest. */
  repository: string;
  tag: string | null;
  digest: string | null;
}

const quote = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

export function parseName(reference: string): NameParts {
  const match = reference.length > maxReferenceLength ? null : referencePattern.exec(reference);
  if (!match) throw new AppError('invalid_input', `${quote(reference)} is not a valid image reference.`);
  return { repository: match[1]!, tag: match[2] ?? null, digest: match[3] ?? null };
}

/** The registry of a name as Docker reads it: the first part, if it looks like a host; else the Hub. */
export function registryHost(reference: string): string {
  const first = reference.split('/', 1)[0]!;
  const isHost = reference.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  if (!isHost) return 'docker.io';
  return first === 'index.docker.io' || first === 'registry-1.docker.io' ? 'docker.io' : first;
}

const encode = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** An image's id or reference, safe within a path. */
export function imagePath(idOrReference: string): string {
  if (idPattern.test(idOrReference)) return encodeURIComponent(idOrReference);
  parseName(idOrReference);
  return encode(idOrReference);
}

export function repositoryPath(repository: string): string {
  const parts = parseName(repository);
  if (parts.tag || parts.digest)
    throw new AppError('invalid_input', `${quote(repository)} is not a repository.`);
  return encode(repository);
}

export function containerPath(idOrName: string): string {
  if (!idPattern.test(idOrName) && !containerNamePattern.test(idOrName)) {
    throw new AppError('invalid_input', `${quote(idOrName)} is not a valid container id or name.`);
  }
  return encodeURIComponent(idOrName);
}
