import http from 'node:http';
import { inspectAtEngine } from '@/e2e/setup/pages/seeds';
import { folderOf, hasProject, imageOfBuild, type Row } from './database';
import type { World } from './world';

/** The digest of a tag at a registry; null if it has none. */
function digestAt(reference: string): Promise<string | null> {
  const [host = '', ...rest] = reference.split('/');
  const name = rest.join('/');
  const at = name.lastIndexOf(':');
  const accept = [
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
  ].join(', ');
  return new Promise((resolve, reject) => {
    const url = `http://${host}/v2/${name.slice(0, at)}/manifests/${name.slice(at + 1)}`;
    const request = http.request(url, { method: 'HEAD', headers: { accept }, agent: false }, (response) => {
      response.resume();
      if (response.statusCode === 404) resolve(null);
      else if (response.statusCode === 200) resolve(String(response.headers['docker-content-digest']));
      else reject(new Error(`${url}: HTTP ${response.statusCode}`));
    });
    request.on('error', reject).end();
  });
}

type Truth = (row: Row, world: World) => Promise<string | null> | string | null;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const succeeded = ({ status }: Row) => status === 'succeeded';
const says = ({ errorMessage }: Row, words: string) => errorMessage?.includes(words) ?? false;
const has = async ({ engine }: World, name: string) => (await inspectAtEngine(engine, name)) !== null;

/** A project that is said to be there, or not. */
const project: Truth = (row, { app }) => {
  const into = row.input.into as { to?: string; name?: string } | undefined;
  const name = into?.name ?? text(row.input.name);
  if (succeeded(row) && !folderOf(app, text(row.result?.projectId))) return 'succeeded, without its files';
  return says(row, 'No project was created') && hasProject(app, name)
    ? `says that ${name} is not there`
    : null;
};

/** By kind: what an operation says that the engine, the registry or the disk do not confirm. */
const truths: Record<string, Truth> = {
  async build(row, world) {
    const image = imageOfBuild(world.app, row.id);
    return succeeded(row) && !(image && (await has(world, image))) ? 'succeeded, without an image' : null;
  },
  async push(row) {
    const digest = await digestAt(text(row.input.reference));
    if (succeeded(row))
      return digest === row.result?.digest ? null : `pushed, but the registry has ${digest}`;
    return says(row, 'has not got the image') && digest ? 'says that the registry has not got it' : null;
  },
  async pull(row, world) {
    const there = await has(world, text(row.input.reference));
    if (succeeded(row)) return there ? null : 'pulled, but not there';
    return says(row, 'The engine has no image') && there ? 'says that the engine has no image' : null;
  },
  async load(row, world) {
    const images = (row.result?.images ?? []) as { id: string }[];
    for (const { id } of images) if (!(await has(world, id))) return `loaded, but ${id} is not there`;
    return succeeded(row) && images.length === 0 ? 'loaded nothing' : null;
  },
  async import(row, world) {
    const image = await inspectAtEngine(world.engine, text(row.input.reference));
    if (succeeded(row)) return image?.Id === row.result?.id ? null : 'imported, but not there';
    return says(row, 'no image') && image ? 'says that there is no image' : null;
  },
  async commit(row, world) {
    const reference = text(row.input.reference);
    if (succeeded(row))
      return (await has(world, text(row.result?.imageId))) ? null : 'committed, but not there';
    return says(row, 'changed nothing') && (await has(world, reference))
      ? 'says that it changed nothing'
      : null;
  },
  async remove(row, world) {
    const images = row.input.images as { id: string }[];
    if (!succeeded(row) && !says(row, 'Removed: ')) return null;
    for (const { id } of images) if (await has(world, id)) return `removed, but ${id} is there`;
    return null;
  },
  unpack: project,
  'git-fetch': project,
  recipe: project,
};

/** What of these rows is not true. */
export async function findUntruths(rows: readonly Row[], world: World): Promise<string[]> {
  const found: string[] = [];
  for (const row of rows) {
    const untrue = await truths[row.kind]?.(row, world);
    if (untrue) found.push(`${row.kind} ${row.id} (${row.status}) ${untrue}: ${row.errorMessage ?? ''}`);
  }
  return found;
}
