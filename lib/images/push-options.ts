import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { getImage } from '@/lib/engine/images/images';
import {
  defaultTag,
  familiarReference,
  formatReference,
  parseReference,
  registryHost,
  repositoryOf,
  withDefaultTag,
  type Reference,
} from '@/lib/references/reference';
import { listRegistries } from '@/lib/registries/store';
import { orderTags } from './names';
import { pushOperation } from './push';
import type { PushOptions } from './schema';

/** Pushes of the past that are looked at for suggestions. */
const remembered = 50;

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const namespaceOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

function read(text: string): Reference | null {
  const parsed = parseReference(text);
  return parsed.ok ? withDefaultTag(parsed.reference) : null;
}

interface Past {
  name: string | null;
  target: Reference;
}

/** Where things were pushed to, newest first, and by which name they were known. */
async function listPastPushes(): Promise<Past[]> {
  const pushes = await pushOperation.list({ limit: remembered });
  return pushes.flatMap(({ input }) => {
    const target = read(input.reference);
    return target ? [{ name: input.name, target }] : [];
  });
}

function targetsOf(past: Past[], references: Reference[], tag: string): string[] {
  const own = new Set(references.map(repositoryOf));
  const recent = past
    .filter(({ name, target }) => {
      const before = name === null ? null : read(name);
      return own.has(repositoryOf(target)) || (before !== null && own.has(repositoryOf(before)));
    })
    .map(({ target }) => familiarReference({ ...target, tag }));
  return [...new Set(recent)].slice(0, 5);
}

const readAll = (tags: string[]) =>
  orderTags(tags)
    .map(read)
    .filter((reference) => reference !== null);

/** Where an image with these names would be pushed again, newest first, with the tag that it has now. */
export async function listRecentTargets(tags: string[]): Promise<string[]> {
  const references = readAll(tags);
  return references[0] ? targetsOf(await listPastPushes(), references, references[0].tag ?? defaultTag) : [];
}

/**
 * What the push dialog offers for an image: by an id, or by the name that it is seen under, which then is the one that
 * is pushed. Names and tags are filled in from there, targets from what was done before.
 */
export async function getPushOptions(engine: Engine, asked: string): Promise<PushOptions> {
  const [image, registries, past] = await Promise.all([
    getImage(engine, asked),
    listRegistries(),
    listPastPushes(),
  ]);
  const references = readAll(image.tags);
  const source = image.id === asked ? references[0] : (read(asked) ?? references[0]);
  const name = source ? lastPart(source.path) : '';
  const tag = source?.tag ?? defaultTag;
  return {
    imageId: image.id,
    tags: orderTags(image.tags),
    name,
    tag,
    registries: registries.map(({ id, name: label, host, local, check, username }) => {
      const last = past.find(({ target }) => registryHost(target) === host);
      const namespace = last ? namespaceOf(last.target.path) : (username?.toLowerCase() ?? '');
      // A login is a good guess for a namespace, where it can be one.
      const usable = read(formatReference({ host, path: `${namespace || 'x'}/x` })) !== null;
      return {
        id,
        name: label,
        host,
        local,
        status: check?.status ?? null,
        namespace: usable ? namespace : '',
      };
    }),
    recent: targetsOf(past, references, tag),
  };
}
