import { AppError } from '@/lib/errors';
import {
  familiarName,
  familiarReference,
  parseReference,
  registryHost,
  type Reference,
} from '@/lib/references/reference';

/** Only ids and references of these shapes become parts of engine paths. */
const idPattern = /^(sha256:)?[a-f0-9]{12,64}$/;
const containerNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;

/** A name has at most 255 characters, a tag 128, a digest 135; the rest is the host. */
const maxLength = 1024;

const shown = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

export interface NameParts {
  reference: Reference;
  /** As the engine lists it: with the host unless that is Docker Hub, without tag and digest. */
  repository: string;
  /** The registry in lower case; `docker.io` for Docker Hub. */
  host: string;
  tag: string | undefined;
  digest: string | undefined;
}

export function parseName(text: string): NameParts {
  const parsed =
    text.length > maxLength ? { ok: false as const, reason: 'It is too long.' } : parseReference(text);
  if (!parsed.ok)
    throw new AppError('invalid_input', `${shown(text)} is not an image name. ${parsed.reason}`);
  const { reference } = parsed;
  const { tag, digest } = reference;
  return { reference, repository: familiarName(reference), host: registryHost(reference), tag, digest };
}

const encode = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** An image's id or reference, safe within a path. */
export const imagePath = (idOrReference: string): string =>
  idPattern.test(idOrReference)
    ? encodeURIComponent(idOrReference)
    : encode(familiarReference(parseName(idOrReference).reference));

export const repositoryPath = (name: NameParts): string => encode(name.repository);

export function containerPath(idOrName: string): string {
  if (!idPattern.test(idOrName) && !containerNamePattern.test(idOrName)) {
    throw new AppError('invalid_input', `${shown(idOrName)} is not a valid container id or name.`);
  }
  return encodeURIComponent(idOrName);
}

/** The shape of a container's name, but longer. */
const volumeNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/;

export function volumePath(name: string): string {
  if (!volumeNamePattern.test(name))
    throw new AppError('invalid_input', `${shown(name)} is not a valid name of a volume.`);
  return encodeURIComponent(name);
}
