import { expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { newId } from '@/lib/ids';
import { createOperation } from '@/lib/operations/store';
import { listCommands, addChanges, saveCommand, type NewCommand } from './commands-store';
import { workbenchOptions } from './schema';
import {
  getWorkbench,
  insertFile,
  insertTerminal,
  insertWorkbench,
  listFiles,
  listWorkbenches,
} from './store';

const { db } = await useTestDatabase();

async function make() {
  const id = newId();
  await insertWorkbench(db, {
    id,
    engineId: 'default',
    origin: 'run',
    name: 'bench',
    containerId: 'c0ffee',
    imageId: 'sha256:1',
    imageReference: 'busybox:latest',
    shell: '',
    recording: 'unknown',
    options: workbenchOptions.parse({ environment: [{ name: 'A', value: 'b' }] }),
    user: null,
  });
  return id;
}

const command: NewCommand = {
  text: 'touch a\ntouch b',
  directory: '/',
  user: 'root',
  shell: 'ash',
  depth: 0,
  exitCode: null,
  startedAt: 1000,
  endedAt: null,
  terminal: 'x',
  outputFrom: 10,
  outputTo: null,
  environment: [],
  promptSeq: 1,
  promptFrom: 0,
};

test('a workbench keeps its terminals, its options and its commands in order', async () => {
  const id = await make();
  for (const title of ['one', 'two'])
    await createOperation(
      { engine: defaultEngine(), kind: 'workbench', title, input: {}, user: null },
      (tx, operationId) => insertTerminal(tx, id, operationId),
    );
  const found = await getWorkbench(id);
  expect(found.terminals).toHaveLength(2);
  expect(found.operationId).toBe(found.terminals[1]);
  expect(found.options.environment).toEqual([{ name: 'A', value: 'b' }]);

  await saveCommand(id, 1, command);
  const environment = [{ name: 'B', value: null }];
  await saveCommand(id, 1, { ...command, exitCode: 3, endedAt: 2000, outputTo: 20, environment });
  await saveCommand(id, 2, { ...command, text: 'ls' });
  await addChanges(id, 1, [
    { path: '/a\nb', kind: 'added' },
    { path: '/c', kind: 'removed' },
  ]);
  const [first, second] = await listCommands(id);
  expect(first).toMatchObject({
    number: 1,
    exitCode: 3,
    endedAt: 2000,
    outputTo: 20,
    environment,
    changeCount: 2,
  });
  expect(first!.changes).toEqual([
    { path: '/a\nb', kind: 'added' },
    { path: '/c', kind: 'removed' },
  ]);
  expect(second).toMatchObject({ number: 2, text: 'ls', changes: [] });
  expect((await listCommands(id, { changesOfEach: 1 }))[0]!.changes).toHaveLength(1);
  expect((await listWorkbenches({ containerId: 'c0ffee' }))[0]).toMatchObject({ id, commandCount: 2 });

  await insertFile(id, { path: '/etc/motd', size: 5, userName: null });
  expect(await listFiles(id)).toMatchObject([{ path: '/etc/motd', afterCommand: 2 }]);
});
