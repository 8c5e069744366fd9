import { buffer } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { containerChanges, exportContainer, readArchive } from '@/lib/engine/containers/files';
import { removeContainer } from '@/lib/engine/containers/containers';
import { callJson } from '@/lib/engine/wire/dial';
import { findImage, getImage, imageRunConfig, removeImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { lookAtEngine } from '@/lib/engine/system/watch';
import { follow } from '@/lib/operations/follow';
import { getOperation } from '@/lib/operations/store';
import { readEntries } from '@/lib/tar/entries';
import { startCommit } from './commit';
import { findSource, openDirectory, reviewContainer } from './review';
import { type StartCommitInput, startCommitInput } from './schema';
import { findCommit, findCommitOf, listKept } from './store';

const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;

/** `docker run`, to its end. */
async function ranContainer(script: string, extra: object = {}): Promise<string> {
  const { Id: id } = (await callJson(engine, {
    method: 'POST',
    path: '/containers/create',
    body: { Image: baseImage, Cmd: ['/bin/sh', '-c', script], ...extra },
  })) as { Id: string };
  await callJson(engine, { method: 'POST', path: `/containers/${id}/start` });
  await callJson(engine, { method: 'POST', path: `/containers/${id}/wait`, timeoutMs: 30_000 });
  return id;
}

async function treeOf(image: string) {
  const { Id: id } = (await callJson(engine, {
    method: 'POST',
    path: '/containers/create',
    body: { Image: image, Cmd: ['/bin/sh'] },
  })) as { Id: string };
  const found = new Map<string, string>();
  try {
    for await (const entry of readEntries(await exportContainer(engine, id, never))) {
      const { type, mode, uid, gid, target } = entry;
      const text = type === 'file' ? (await buffer(entry.content())).toString('latin1').slice(0, 40) : target;
      found.set(`/${entry.path}`, `${type} ${mode.toString(8)} ${uid}:${gid} ${text}`);
    }
  } finally {
    await removeContainer(engine, id);
  }
  return found;
}

async function commit(input: StartCommitInput) {
  const id = await startCommit(engine, startCommitInput.parse(input), user);
  for await (const batch of follow(id, 0, never)) if (batch.at(-1)?.type === 'end') break;
  return { id, operation: await getOperation(id), commit: (await findCommit(id))! };
}

await useTestDatabase();

describeEngine('commits on a real engine', () => {
  beforeAll(async () => {
    await lookAtEngine(engine);
  });

  const script = [
    'mkdir -p /srv/site /root',
    'echo hello > /srv/site/index.html',
    'echo run >> /root/.ash_history',
    'echo x > /tmp/junk',
    'rm /bin/stty',
  ].join('; ');

  test('the review shows what changed, with sizes and marks, and directories can be opened', async () => {
    const id = await ranContainer(`${script}; echo 'db_password = hunter2hunter2' > /srv/site/config`);
    const review = await reviewContainer(engine, await findSource(engine, id));
    expect(review).toMatchObject({ partial: false, container: { running: false }, volumes: [] });
    expect(review.roots.map((node) => node.path).toSorted()).toEqual(['/bin', '/root', '/srv', '/tmp']);
    expect(review.groups.map((group) => [group.rule, group.count])).toEqual([
      ['secrets', 1],
      ['history', 1],
      ['temporary', 1],
    ]);
    const { nodes } = openDirectory(engine, id, '/srv/site');
    expect(nodes.map(({ name, size, kind }) => [name, size, kind])).toEqual([
      ['config', 29, 'added'],
      ['index.html', 6, 'added'],
    ]);
    expect(openDirectory(engine, id, '/bin').nodes).toMatchObject([{ name: 'stty', kind: 'removed' }]);
    await removeContainer(engine, id);
  });

  test('many changes are read from the whole file system, and give the same', async () => {
    const id = await ranContainer(
      'for n in $(seq 200); do echo $n > /etc/f$n; done; mkdir /new; echo 12345 > /new/a',
    );
    const review = await reviewContainer(engine, await findSource(engine, id));
    expect(review).toMatchObject({ partial: false, counts: { added: 202, changed: 1, removed: 0 } });
    expect(openDirectory(engine, id, '/new').nodes).toMatchObject([{ name: 'a', size: 6 }]);
    await removeContainer(engine, id);
  });

  test('with nothing left out it is the engine’s commit, and it runs what the base image runs', async () => {
    const base = `layerwright-test-commit-base:1`;
    const bare = await ranContainer('true');
    const made = await commit({
      containerId: bare,
      reference: base,
      changes: { command: '["cat","/etc/hostname"]', environment: [{ name: 'A', value: '1' }] },
      leaveOut: {},
    });
    expect(made.operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    await removeContainer(engine, bare);

    // As a workbench is started: with an entry point of its own, which must not become the image's.
    const id = await ranContainer(script, { Image: base, Entrypoint: ['/bin/sh', '-c'], Cmd: [script] });
    const { operation, commit: record } = await commit({
      containerId: id,
      reference: 'layerwright-test-commit:whole',
      message: 'Added a site — ü',
      author: 'Ada <ada@example.org>',
      changes: { ports: ['80'], labels: [{ name: 'team', value: 'web' }], workingDirectory: '/srv' },
      leaveOut: {},
    });
    expect(operation).toMatchObject({
      status: 'succeeded',
      title: expect.stringContaining('layerwright-test-commit:whole'),
    });
    expect(record).toMatchObject({
      way: 'engine',
      leftOut: 0,
      baseName: base,
      author: 'Ada <ada@example.org>',
    });
    const image = await getImage(engine, 'layerwright-test-commit:whole');
    expect(record.imageId).toBe(image.id);
    expect(image).toMatchObject({ author: 'Ada <ada@example.org>', comment: 'Added a site — ü' });
    expect(image.config).toMatchObject({
      command: ['cat', '/etc/hostname'],
      entrypoint: null,
      environment: expect.arrayContaining(['A=1']) as unknown,
      exposedPorts: ['80/tcp'],
      workingDirectory: '/srv',
      labels: { team: 'web' },
    });
    expect((await findCommitOf(image.id))?.id).toBe(record.id);
    const tree = await treeOf(image.id);
    expect(tree.has('/root/.ash_history')).toBe(true);
    expect(tree.has('/bin/stty')).toBe(false);
    await removeContainer(engine, id);
    await removeImage(engine, 'layerwright-test-commit:whole', { force: true });
    await removeImage(engine, base, { force: true });
  });

  test('with something left out it is one clean layer on the base, with owners, modes, links and removals', async () => {
    const id = await ranContainer(
      `${script}; chmod 4750 /srv/site/index.html; ln -s site /srv/link; ln /srv/site/index.html /srv/twin; busybox chown 7:8 /srv/site; mkdir /srv/empty; busybox mkfifo /srv/pipe`,
      { Env: ['TOKEN=secret'], Labels: { mine: 'yes' } },
    );
    const { operation, commit: record } = await commit({
      containerId: id,
      reference: 'layerwright-test-commit:clean',
      changes: { command: '["sh"]' },
      leaveOut: { paths: ['/srv/pipe'], rules: ['history', 'temporary'] },
    });
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    expect(record).toMatchObject({ way: 'layer', leftOut: 3 });
    expect(await listKept(record.id)).toContainEqual({ kind: 'removed', path: '/bin/stty' });
    const base = await getImage(engine, baseImage);
    const image = await getImage(engine, 'layerwright-test-commit:clean');
    expect(image.layers.slice(0, -1)).toEqual(base.layers);
    const config = await imageRunConfig(engine, image.id);
    expect(config).toMatchObject({ Cmd: ['sh'], Labels: {}, User: '' });
    expect(config.Env.join()).not.toContain('TOKEN');
    const tree = await treeOf(image.id);
    expect(tree.get('/srv/site')).toMatch(/^directory 755 7:8/);
    expect(tree.get('/srv/link')).toMatch(/^symlink \d+ 0:0 site$/);
    expect(tree.get('/srv/empty')).toMatch(/^directory 755/);
    const [one, other] = [tree.get('/srv/site/index.html')!, tree.get('/srv/twin')!];
    expect([one, other].toSorted()[0]).toBe('file 4750 0:0 hello\n');
    expect([one, other].toSorted()[1]).toMatch(/^hardlink 4750 0:0 srv\//);
    for (const gone of ['/bin/stty', '/tmp/junk', '/root/.ash_history', '/srv/pipe'])
      expect(tree.has(gone), gone).toBe(false);
    expect((await buffer(await readArchive(engine, id, '/tmp/junk', never))).length).toBeGreaterThan(0);
    await removeContainer(engine, id);
    await removeImage(engine, 'layerwright-test-commit:clean', { force: true });
  });

  test('a running container is held while it is read, and runs on', async () => {
    const { Id: id } = (await callJson(engine, {
      method: 'POST',
      path: '/containers/create',
      body: {
        Image: baseImage,
        Cmd: ['/bin/sh', '-c', 'mkdir /srv; echo a > /srv/a; echo b > /tmp/b; sleep 600'],
      },
    })) as { Id: string };
    await callJson(engine, { method: 'POST', path: `/containers/${id}/start` });
    await expect.poll(async () => (await containerChanges(engine, id)).length).toBeGreaterThan(3);
    const { operation, commit: record } = await commit({
      containerId: id,
      reference: '',
      changes: {},
      leaveOut: { rules: ['temporary'] },
    });
    expect(operation).toMatchObject({ status: 'succeeded', errorMessage: null });
    expect(await findSource(engine, id)).toMatchObject({ running: true, paused: false });
    expect((await treeOf(record.imageId!)).has('/srv/a')).toBe(true);
    await removeContainer(engine, id);
    await removeImage(engine, record.imageId!, { force: true });
  });

  test('a container that is gone, a name that is another’s, and one of two names of a file', async () => {
    await expect(
      commit({ containerId: 'f'.repeat(64), reference: 'x', changes: {}, leaveOut: {} }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const id = await ranContainer('mkdir /srv; echo a > /srv/one; ln /srv/one /srv/two');
    const { operation } = await commit({
      containerId: id,
      reference: '',
      changes: {},
      leaveOut: { paths: ['/srv/one'] },
    });
    expect(operation).toMatchObject({ status: 'failed', errorCode: 'invalid_input' });
    expect(operation.errorMessage).toContain('one file under two names');
    const { commit: unnamed } = await commit({ containerId: id, reference: '', changes: {}, leaveOut: {} });
    expect((await findImage(engine, unnamed.imageId!))?.tags).toEqual([]);
    await removeContainer(engine, id);
    await removeImage(engine, unnamed.imageId!, { force: true });
  });
});
