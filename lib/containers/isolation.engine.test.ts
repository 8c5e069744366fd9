import { afterAll, expect, test } from 'vitest';
import { callEngine } from '@/bin/docker-api.js';
import { getContainer, removeContainer, restartContainer } from '@/lib/engine/containers/containers';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import type { ContainerId } from '@/lib/ids';
import { workbenchOptions } from '@/lib/workbenches/schema';
import { runImage } from './run';
import { runInput } from './run-schema';

const made: ContainerId[] = [];
afterAll(async () => {
  for (const id of made) await removeContainer(engine, id, { force: true });
});

async function run(options: object): Promise<ContainerId> {
  const input = runInput.parse({ image: baseImage, name: '', command: 'sleep 600', ...options });
  const { id } = await runImage(engine, input, 'ada');
  made.push(id);
  return id;
}

/** What a further program in the container prints, as a shell that is opened there. */
async function inside(id: ContainerId, script: string): Promise<string> {
  const post = async (path: string, body: object) =>
    callEngine(engine.address, path, {
      method: 'POST',
      body: Buffer.from(JSON.stringify(body)),
      type: 'application/json',
    });
  const created = await post(`/containers/${id}/exec`, {
    Cmd: ['sh', '-c', script],
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  });
  const { Id: execId } = JSON.parse(created.text) as { Id: string };
  return (await post(`/exec/${execId}/start`, { Tty: true })).text.replaceAll(/\t| +/g, ' ');
}

const look = `id -u; touch /no; touch /tmp/yes && echo written
grep -E "^(CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max`;

describeEngine('a container that is run', () => {
  test('is isolated as it was asked for, for every program in it, also after it was restarted', async () => {
    const chosen = {
      readOnly: true,
      writablePaths: ['/tmp'],
      noNewPrivileges: true,
      dropCapabilities: true,
      user: '1000:1000',
      pids: 64,
      memory: 64 * 1024 ** 2,
    };
    const id = await run(chosen);
    for (const again of [false, true]) {
      if (again) await restartContainer(engine, id);
      const seen = await inside(id, look);
      for (const line of [
        '1000\r\n',
        'Read-only file system',
        'written',
        'CapBnd: 0000000000000000',
        'NoNewPrivs: 1',
        'Seccomp: 2',
        '64\r\n',
      ])
        expect(seen, `again: ${again}`).toContain(line);
    }
    const { protections, hostAccess } = await getContainer(engine, id);
    expect(protections).toEqual([
      'read-only root file system',
      'no new privileges',
      'without the capabilities ALL',
    ]);
    expect(hostAccess).toEqual([]);
  }, 60_000);

  test('without a choice has what the engine gives by default, and another profile is told', async () => {
    const seen = await inside(await run({}), look);
    expect(seen).toMatch(/^0\r\n/);
    expect(seen).toContain('Seccomp: 2');
    expect(seen).toContain('NoNewPrivs: 0');
    const open = await run({ seccomp: 'unconfined' });
    expect(await inside(open, look)).toContain('Seccomp: 0');
    expect((await getContainer(engine, open)).hostAccess).toEqual(['runs with seccomp=unconfined']);
  }, 60_000);

  test('publishes its ports on this machine only, unless it was asked otherwise', async () => {
    const ports = [{ inside: 80, outside: null }];
    const addresses = async (options: object) =>
      (await getContainer(engine, await run({ ports, ...options }))).ports.map(({ address }) => address);
    expect(await addresses({})).toEqual(['127.0.0.1']);
    expect(await addresses({ publishOn: '' })).not.toContain('127.0.0.1');
    expect(workbenchOptions.parse({}).publishOn).toBe('127.0.0.1');
  }, 60_000);
});
