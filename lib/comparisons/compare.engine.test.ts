import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { callJson } from '@/lib/engine/wire/dial';
import { findImage, getImage, removeImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { lookAtEngine } from '@/lib/engine/system/watch';
import { follow } from '@/lib/operations/follow';
import { getOperation } from '@/lib/operations/store';
import { insertProject } from '@/lib/projects/store';
import { defaultOptions } from '@/lib/projects/options/schema';
import { startComparison } from './compare-builds';
import { findComparison, insertProof, listComparisons, listDifferences } from './store';

const { db } = await useTestDatabase();
const never = new AbortController().signal;

/** An image out of what a script did. */
async function made(name: string, script: string): Promise<string> {
  const { Id: id } = (await callJson(engine, {
    method: 'POST',
    path: '/containers/create',
    body: { Image: baseImage, Cmd: ['/bin/sh', '-c', script] },
  })) as { Id: string };
  await callJson(engine, { method: 'POST', path: `/containers/${id}/start` });
  await callJson(engine, { method: 'POST', path: `/containers/${id}/wait`, timeoutMs: 30_000 });
  const query = { container: id, repo: name, tag: '1' };
  const { Id: image } = (await callJson(engine, {
    method: 'POST',
    path: '/commit',
    query,
    timeoutMs: 30_000,
  })) as {
    Id: string;
  };
  await callJson(engine, { method: 'DELETE', path: `/containers/${id}`, query: { force: true, v: true } });
  return image;
}

async function containers(): Promise<string[]> {
  const list = (await callJson(engine, { path: '/containers/json', query: { all: true } })) as {
    Names: string[];
  }[];
  return list.flatMap(({ Names }) => Names).filter((name) => name.includes('layerwright-compare'));
}

describeEngine('comparisons on a real engine', () => {
  beforeAll(async () => {
    await lookAtEngine(engine);
    await insertProject({
      id: 'project000000001',
      name: 'web',
      folder: 'web',
      description: '',
      options: defaultOptions,
    });
  });

  async function compare(builtId: string) {
    const build = { projectId: 'project000000001', projectName: 'web', buildId: null, builtId };
    const id = await startComparison(engine, build, { id: 'u', name: 'Ada' });
    for await (const batch of follow(id!, 0, never)) if (batch.at(-1)?.type === 'end') break;
    return id!;
  }

  test('the trees of two images are held against each other, path by path', async () => {
    const same =
      'mkdir /srv; echo hello > /srv/index.html; ln /srv/index.html /srv/twin; ln -s a /srv/link; rm /bin/stty';
    const wanted = await made(
      'layerwright-test-wanted',
      `${same}; echo now > /tmp/x; echo mode > /srv/mode; echo one > /srv/missing`,
    );
    const built = await made(
      'layerwright-test-built',
      `${same}; echo later > /tmp/x; echo mode > /srv/mode; chmod 600 /srv/mode; echo two > /srv/extra`,
    );
    const base = (await getImage(engine, baseImage)).id;
    expect(
      await startComparison(
        engine,
        { projectId: 'project000000001', projectName: 'web', buildId: null, builtId: built },
        null,
      ),
    ).toBeNull();
    await insertProof(db, {
      projectId: 'project000000001',
      imageId: wanted,
      imageName: 'wanted:1',
      baseId: base,
      commitId: null,
    });

    const id = await compare(built);
    expect(await getOperation(id)).toMatchObject({ status: 'succeeded', title: 'Compare web with wanted:1' });
    const comparison = await findComparison(id);
    expect(comparison?.figures).toEqual({ agree: 5, volatile: 1, different: 1, missing: 1, extra: 1 });
    const differences = await listDifferences(id);
    expect(differences.map(({ path, kind, rule }) => [path, kind, rule])).toEqual([
      ['/srv/mode', 'content', undefined],
      ['/srv/missing', 'missing', undefined],
      ['/srv/extra', 'extra', undefined],
      ['/tmp/x', 'time', 'temporary'],
    ]);
    expect(differences[0]).toMatchObject({ aspects: ['mode'] });
    expect(differences[0]!.built).toContain('file 0600 0:0 5 B');

    const again = await compare(wanted);
    expect((await findComparison(again))?.figures).toEqual({
      agree: 8,
      volatile: 0,
      different: 0,
      missing: 0,
      extra: 0,
    });
    expect((await listComparisons('project000000001', 10)).map((one) => one.id)).toEqual([again, id]);
    expect(await containers()).toEqual([]);

    await removeImage(engine, 'layerwright-test-wanted:1', { force: true });
    expect(await findImage(engine, wanted)).toBeNull();
    const without = await compare(built);
    expect(await getOperation(without)).toMatchObject({ status: 'failed', errorCode: 'not_found' });
    expect((await findComparison(without))?.figures).toBeNull();
    await removeImage(engine, 'layerwright-test-built:1', { force: true });
  });
});
