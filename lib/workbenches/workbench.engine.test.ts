import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { findContainer } from '@/lib/engine/containers/containers';
import { createContainer } from '@/lib/engine/containers/create';
import { removeContainer, startContainer } from '@/lib/engine/containers/containers';
import { baseImage, describeEngine, engine, isRunning } from '@/lib/engine/testing/real-engine';
import { forget } from '@/lib/remember';
import { stopRunner } from '@/lib/operations/runner';
import { listCommands } from './commands-store';
import { endWorkbench } from './end';
import { typeInto } from './input';
import { findTerminal } from './live';
import { readOutput } from './read-recording';
import { workbenchOptions } from './schema';
import { continueWorkbench, execInto, startWorkbench } from './start';
import { getWorkbench } from './store';

await useTestDatabase();
const user = { id: 'u1', name: 'Ada' };
const options = workbenchOptions.parse({ environment: [{ name: 'GREETING', value: 'hello there' }] });
const containers: string[] = [];
let number = 0;

const typeLine = (id: string, text: string) =>
  typeInto(id, user, {
    viewer: 'viewer01',
    number: ++number,
    messages: [{ type: 'text', text: `${text}\r`, binary: false }],
  });

/** What changed in a container takes Docker 29 two seconds to tell, on a busy machine more. */
const patient = { timeout: 15_000, interval: 50 };
vi.setConfig({ testTimeout: 60_000 });
const whenOpen = (id: string) => vi.waitFor(() => expect(findTerminal(id)?.directory).toBe('/'), patient);
const whenClosed = (id: string) =>
  vi.waitFor(async () => expect((await getWorkbench(id)).endedAt).not.toBeNull(), patient);

/** The last command that was recorded, once its changes are known: what is awaited says what these should be. */
const recorded = (id: string, expected: object) =>
  vi.waitFor(async () => expect((await listCommands(id)).at(-1)).toMatchObject(expected), patient);

async function start() {
  number = 0;
  const id = await startWorkbench(engine, baseImage, options, user);
  const { containerId } = await getWorkbench(id);
  containers.push(containerId);
  await whenOpen(id);
  return { id, containerId };
}

describeEngine('a workbench', () => {
  beforeAll(() => {});
  afterAll(async () => {
    await stopRunner();
    for (const id of containers) await removeContainer(engine, id);
  });

  test('records commands with their output, their exit codes and what they changed', async () => {
    const { id } = await start();
    await typeLine(id, 'echo "$GREETING" > /note; cat /note');
    await recorded(id, {
      text: 'echo "$GREETING" > /note; cat /note',
      exitCode: 0,
      directory: '/',
      changes: [{ path: '/note', kind: 'added' }],
    });
    await vi.waitFor(async () => {
      expect(await readOutput((await listCommands(id)).at(-1)!)).toContain('hello there\r\n');
    }, patient);
    await typeLine(id, 'echo more >> /note');
    await recorded(id, { text: 'echo more >> /note', changes: [{ path: '/note', kind: 'changed' }] });
    await typeLine(id, 'cat /nothing');
    await recorded(id, { text: 'cat /nothing', exitCode: 1, changes: [] });
    await typeLine(id, 'rm /note');
    await recorded(id, { text: 'rm /note', changes: [{ path: '/note', kind: 'removed' }] });

    await typeLine(id, 'exit 4');
    await whenClosed(id);
    expect(await getWorkbench(id)).toMatchObject({ exitCode: 4, shell: 'ash', recording: 'marks' });
    await recorded(id, { text: 'exit 4', exitCode: 4 });
    expect(await continueWorkbench(id, user)).toBe('start');
    await whenOpen(id);
    number = 0;
    await typeLine(id, 'mkdir /again');
    await recorded(id, { number: 6, text: 'mkdir /again', changes: [{ path: '/again', kind: 'added' }] });
    await endWorkbench(id, 'Ada');
    await whenClosed(id);
    expect((await getWorkbench(id)).terminals).toHaveLength(2);
  });

  test('nothing of ours is in the container: no file, no variable of its configuration or of a program', async () => {
    const { id, containerId } = await start();
    await typeLine(id, 'cat /proc/self/environ | head -c 4000; ls /dev/fd/ | wc -l');
    await recorded(id, { exitCode: 0, changeCount: 0 });
    const said = await vi.waitFor(async () => {
      const output = await readOutput((await listCommands(id)).at(-1)!); // stored a moment after the command is
      expect(output).toContain('GREETING=hello there');
      return output;
    }, patient);
    expect(said).not.toMatch(/LW_|ENV=|PS1/);
    await endWorkbench(id, 'Ada');
    await whenClosed(id);
    expect((await findContainer(engine, containerId))?.state).toBe('exited');
  });

  test('isolated as far as can be, it still records commands, and the kernel holds what was chosen', async () => {
    number = 0;
    const isolation = { readOnly: true, noNewPrivileges: true, dropCapabilities: true, pids: 64 };
    const isolated = workbenchOptions.parse({ ...isolation, writablePaths: ['/tmp', '/made'], user: '1000' });
    const id = await startWorkbench(engine, baseImage, isolated, user);
    containers.push((await getWorkbench(id)).containerId);
    await whenOpen(id);
    await typeLine(id, 'touch /no');
    await recorded(id, { text: 'touch /no', exitCode: 1 });
    await typeLine(
      id,
      'touch /tmp/yes && ls -d /made && id -u && grep -E "^(CapBnd|NoNewPrivs|Seccomp):" /proc/self/status',
    );
    await recorded(id, { number: 2, exitCode: 0 });
    await vi.waitFor(async () => {
      const output = await readOutput((await listCommands(id)).at(-1)!);
      const lines = output.split('\r\n').map((line) => line.replace('\t', ' '));
      expect(lines).toEqual(
        expect.arrayContaining(['/made', '1000', 'CapBnd: 0000000000000000', 'NoNewPrivs: 1', 'Seccomp: 2']),
      );
    }, patient);
    await endWorkbench(id, 'Ada');
    await whenClosed(id);
  });

  test('a further shell ends with its terminal, and with it what runs in it', async () => {
    const seconds = String(1_000_000_000 + (Date.now() % 1_000_000_000));
    const { id: container } = await createContainer(engine, {
      image: baseImage,
      command: ['sleep', '1000000'],
    });
    containers.push(container);
    await startContainer(engine, container);
    number = 0;
    const id = await execInto(engine, container, options, user);
    await whenOpen(id);
    await typeLine(id, `sleep ${seconds}`);
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(true), patient);
    await endWorkbench(id, 'Ada');
    await whenClosed(id);
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(false), patient);
    expect((await findContainer(engine, container))?.state).toBe('running');
  });

  test('a stopped server lets go of the container, connects to it again, and knows what it has typed', async () => {
    const { id, containerId } = await start();
    await typeLine(id, 'echo before');
    await recorded(id, { text: 'echo before', exitCode: 0 });
    await stopRunner();
    forget('runner');
    expect((await findContainer(engine, containerId))?.state).toBe('running');
    await vi.waitFor(() => expect(findTerminal(id)).toBeUndefined(), patient);
    expect(await continueWorkbench(id, null)).toBe('attach');
    await whenOpen(id);
    // A page that has no answer repeats its message: it is not typed again.
    number -= 1;
    await typeLine(id, 'echo before');
    await typeLine(id, 'echo after');
    await recorded(id, { number: 2, text: 'echo after', exitCode: 0, directory: '/' });
    await endWorkbench(id, 'Ada');
    await whenClosed(id);
  });

  test('an image without a shell is refused by name, and nothing of it stays', async () => {
    await expect(
      startWorkbench(engine, baseImage, workbenchOptions.parse({ shell: 'bash' }), user),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { shell: expect.stringContaining('no bash') as string },
    });
    await expect(
      startWorkbench(
        engine,
        baseImage,
        workbenchOptions.parse({ shell: 'command', command: ['/nowhere'] }),
        user,
      ),
    ).rejects.toMatchObject({ fields: { command: expect.any(String) as string } });
  });
});
