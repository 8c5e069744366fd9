import { callEngine } from '@/bin/docker-api.js';
import { ask, asBrowser } from '@/e2e/setup/pages/raw-request';
import { buildAtEngine } from '@/e2e/setup/pages/seeds';
import { call } from '@/e2e/setup/pages/server-actions';
import { type Acknowledged, upload } from './uploads';
import type { World } from './world';

/** Begins one piece of work; returns the id of its operation, if it has one. It rejects when the server is killed. */
type Begin = (world: World, acknowledged: Acknowledged) => Promise<string | null>;

/** Calls an action whose result has the id of an operation. */
const begin = async ({ app, cookie }: World, action: string, input: unknown) =>
  (await call<{ id: string }>(app, cookie, action, input)).id;

const removeAtEngine = ({ engine }: World, name: string) =>
  callEngine(engine, `/images/${name}?force=1`, { method: 'DELETE', timeoutMs: 30_000 });

/** Every kind of work, by name. */
export const works: Readonly<Record<string, Begin>> = {
  async build(world) {
    const { app, cookie, project } = world;
    const tags = [`trial/built:${world.fresh('build')}`];
    const buildArgs = [{ name: 'TURN', value: world.fresh('turn') }];
    await call(app, cookie, 'saveOptions', { id: project, options: { tags, buildArgs } });
    return begin(world, 'startBuild', { projectId: project });
  },
  push: (world) =>
    begin(world, 'startPush', {
      image: world.image,
      target: { reference: `${world.registry}/trial/${world.fresh('pushed')}:1` },
    }),
  async pull(world) {
    await removeAtEngine(world, world.pullable);
    return begin(world, 'startPull', { reference: world.pullable });
  },
  async load(world, acknowledged) {
    const uploadId = await upload(world, 'image.tar', world.archives.load, acknowledged);
    return begin(world, 'startLoad', { uploadId, fileName: 'image.tar' });
  },
  async import(world, acknowledged) {
    const uploadId = await upload(world, 'root.tar', world.archives.import, acknowledged);
    return begin(world, 'startImport', { uploadId, reference: `trial/imported:${world.fresh('import')}` });
  },
  async save(world) {
    const { app, cookie, image } = world;
    await ask(app, `/api/images/archive?image=${image}`, { headers: asBrowser(app, cookie) });
    return null;
  },
  commit: (world) =>
    begin(world, 'startCommit', {
      containerId: world.container,
      reference: `trial/committed:${world.fresh('commit')}`,
      changes: {},
      leaveOut: {},
    }),
  'clean commit': (world) =>
    begin(world, 'startCommit', {
      containerId: world.container,
      reference: `trial/committed:${world.fresh('clean')}`,
      changes: {},
      leaveOut: { paths: ['/etc/motd'] },
    }),
  async remove(world) {
    const name = `trial/removed:${world.fresh('remove')}`;
    const id = await buildAtEngine(world.engine, name, `FROM busybox\nRUN echo ${name} > /name\n`);
    return begin(world, 'startRemoval', { ids: [id] });
  },
  prune: (world) => begin(world, 'startPrune', { what: 'build-cache', all: false }),
  async unpack(world, acknowledged) {
    const uploadId = await upload(world, 'project.tar', world.archives.unpack, acknowledged);
    return begin(world, 'startUnpack', { uploadId, into: { to: 'new', name: world.fresh('Unpacked') } });
  },
  git: (world) =>
    begin(world, 'createFromGit', {
      url: `${world.git.url}site.git`,
      name: world.fresh('Fetched'),
      login: { kind: 'none' },
    }),
  recipe: (world) =>
    begin(world, 'createFromRecipe', {
      commit: world.commit,
      name: world.fresh('Recipe'),
      dockerfile: 'FROM busybox\nRUN echo made > /made-by-hand\n',
    }),
  verify: (world) => begin(world, 'startBuild', { projectId: world.verified }),
  async backup({ app, cookie }) {
    await call(app, cookie, 'makeBackup', undefined);
    return null;
  },
};
