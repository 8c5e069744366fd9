import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { findImage, getImage, removeImage, tagImage } from '@/lib/engine/images/images';
import { pullImage } from '@/lib/engine/images/pull';
import { pushImage } from '@/lib/engine/images/push';
import { capabilitiesOf } from '@/lib/engine/capabilities';
import { engineFacts } from '@/lib/engine/system/status';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { registryDigest, startRegistry, type Registry } from '@/lib/engine/testing/registry';
import { finish } from '@/lib/engine/testing/run';
import type { StoredEvent } from '@/lib/events/events';
import { follow } from '@/lib/operations/follow';
import { stopRunner } from '@/lib/operations/runner';
import { pushOperation, startPush } from './push';
import { pushResult } from './schema';

await useTestDatabase();
afterAll(() => stopRunner());
const never = new AbortController().signal;

interface Manifest {
  mediaType: string;
  config: { mediaType: string; digest: string; size: number };
  layers: unknown[];
}

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

async function put(url: string, type: string, body: string) {
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': type }, body });
  expect(answer.status).toBe(201);
}

/** Puts an index into the registry: of the image that is there, and of the same one for another architecture. */
async function putIndex(host: string, repository: string, tag: string, index: string) {
  const api = `http://${host}/v2/${repository}`;
  const digest = (await registryDigest(host, repository, tag))!;
  const accept =
    'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const text = await (await fetch(`${api}/manifests/${digest}`, { headers: { accept } })).text();
  const manifest = JSON.parse(text) as Manifest;
  const blob = await (await fetch(`${api}/blobs/${manifest.config.digest}`)).text();
  const config = JSON.parse(blob) as { architecture: string };
  const own = config.architecture;
  const other = own === 'amd64' ? 'arm64' : 'amd64';
  const otherConfig = JSON.stringify({ ...config, architecture: other });
  const begun = await fetch(`${api}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(begun.headers.get('location')!, api);
  place.searchParams.set('digest', digestOf(otherConfig));
  await put(place.href, 'application/octet-stream', otherConfig);
  const otherManifest = JSON.stringify({
    ...manifest,
    config: { ...manifest.config, digest: digestOf(otherConfig), size: otherConfig.length },
  });
  await put(`${api}/manifests/${digestOf(otherManifest)}`, manifest.mediaType, otherManifest);
  const isOci = manifest.mediaType.includes('oci');
  const mediaType = isOci
    ? 'application/vnd.oci.image.index.v1+json'
    : 'application/vnd.docker.distribution.manifest.list.v2+json';
  const entry = (content: string, architecture: string) => ({
    mediaType: manifest.mediaType,
    digest: digestOf(content),
    size: content.length,
    platform: { os: 'linux', architecture },
  });
  const manifests = [entry(text, own), entry(otherManifest, other)];
  await put(
    `${api}/manifests/${index}`,
    mediaType,
    JSON.stringify({ schemaVersion: 2, mediaType, manifests }),
  );
  return { own: `linux/${own}`, other: `linux/${other}` };
}

describeEngine('an image for several platforms', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ withLogin: false });
  });
  afterAll(() => registry.stop());

  it('is pushed as far as the engine has it, and what is missing is named', async () => {
    const single = `${registry.host}/several:single`;
    const index = `${registry.host}/several:index`;
    const target = `${registry.host}/copy:1`;
    await tagImage(engine, baseImage, single);
    expect((await finish(pushImage(engine, single, null, never))).error).toBeNull();
    const { own, other } = await putIndex(registry.host, 'several', 'single', 'index');
    expect((await finish(pullImage(engine, index, null, never))).error).toBeNull();

    const id = await startPush(
      engine,
      { image: (await getImage(engine, index)).id, target: { reference: target } },
      { id: 'u', name: 'ada' },
    );
    const events: StoredEvent[] = [];
    for await (const batch of follow(id, 0, AbortSignal.timeout(60_000))) events.push(...batch);
    const { operation, result } = await pushOperation.get(id);
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    const { partial, digest } = pushResult.parse(result);
    expect(digest).toBe(await registryDigest(registry.host, 'copy', '1'));
    // With a graph driver, the engine's image is the one of its platform.
    const { keepsAllPlatforms } = capabilitiesOf(await engineFacts(engine));
    expect(partial).toEqual(keepsAllPlatforms ? { pushed: own, missing: [other] } : undefined);
    const warnings = events.flatMap((event) => (event.type === 'warning' ? event.short : []));
    expect(warnings.join()).toContain(keepsAllPlatforms ? other : '');
    expect(warnings).toHaveLength(keepsAllPlatforms ? 1 : 0);

    for (const name of [single, index, target])
      if (await findImage(engine, name)) await removeImage(engine, name, { force: true });
  });
});
