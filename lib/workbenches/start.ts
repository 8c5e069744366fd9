import 'server-only';
import { findContainer, removeContainer } from '@/lib/engine/containers/containers';
import { requestedIsolation } from '@/lib/containers/isolation';
import type { Transaction } from '@/lib/db/client';
import type { Engine } from '@/lib/engine/engine';
import { getEngine } from '@/lib/engine/engines';
import { getImage } from '@/lib/engine/images/images';
import { type ContainerRequest, createContainer } from '@/lib/engine/containers/create';
import { AppError, messageOf } from '@/lib/errors';
import { type Actor, type ContainerId, newId, type WorkbenchId } from '@/lib/ids';
import { bootCommand } from './boot';
import { requireShell } from './find-shell';
import { findTerminal } from './live';
import { type WorkbenchOptions, workbenchOptions } from './schema';
import { getWorkbench, insertTerminal, insertWorkbench, type NewWorkbench } from './store';
import { type TerminalRun, terminalOperation } from './terminal';
import { markKey } from './terminal-output';

type User = Actor;

interface TerminalRequest {
  engine: Engine;
  run: TerminalRun;
  title: string;
  user: User | null;
}

/** Queues a terminal of a workbench. `write` stores more in the same transaction, before it. */
async function startTerminal(
  { engine, run, title, user }: TerminalRequest,
  write?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  if (findTerminal(run.workbenchId))
    throw new AppError('conflict', 'The workbench already has an open terminal.');
  await terminalOperation.start({ engine, title, input: run, user }, async (tx, operationId) => {
    await write?.(tx);
    await insertTerminal(tx, run.workbenchId, operationId);
  });
}

/** Stores a workbench with its first terminal, both or neither. Returns its id. */
async function openWorkbench(
  engine: Engine,
  workbench: Omit<NewWorkbench, 'engineId' | 'shell' | 'user'> & { user: User },
  { title, ...run }: Omit<TerminalRun, 'workbenchId'> & { title: string },
): Promise<string> {
  const { id, user } = workbench;
  await startTerminal({ engine, run: { ...run, workbenchId: id }, title, user }, (tx) =>
    insertWorkbench(tx, { ...workbench, engineId: engine.id, shell: '' }),
  );
  return id;
}

const variables = ({ environment }: WorkbenchOptions) =>
  environment.map(({ name, value }) => `${name}=${value}`);

function requireCommand({ shell, command }: WorkbenchOptions) {
  if (shell === 'command' && !command[0])
    throw new AppError('invalid_input', 'The command is missing.', {
      fields: { command: 'Enter the program and its arguments, one per line.' },
    });
}

async function removeUnstarted(engine: Engine, containerId: ContainerId) {
  try {
    await removeContainer(engine, containerId);
  } catch (error) {
    console.warn(`Container ${containerId.slice(0, 12)} could not be removed: ${messageOf(error)}`);
  }
}

/** As `docker run -i -t` makes it. */
function toRequest(
  options: WorkbenchOptions,
  image: string,
  [program = '', ...words]: string[],
): ContainerRequest {
  return {
    image,
    name: options.name || undefined,
    entrypoint: [program],
    command: words,
    environment: variables(options),
    workingDirectory: options.directory,
    terminal: true,
    openStdin: true,
    attached: true,
    // Its output is in the recording. In the engine's log each line would take a record, without a limit.
    logDriver: 'none',
    ports: options.ports.map(({ container, host, protocol }) => ({
      inside: container,
      outside: host,
      protocol,
      address: options.publishOn,
    })),
    ...requestedIsolation(options),
    memoryAndSwapBytes: options.memory ?? undefined,
    network: options.network || undefined,
  };
}

/** Creates a container from an image and starts it with a recorded shell. Returns the workbench's id. */
export async function startWorkbench(
  engine: Engine,
  imageReference: string,
  options: WorkbenchOptions,
  user: User,
): Promise<string> {
  requireCommand(options);
  const image = await getImage(engine, imageReference);
  const id = newId();
  const own = options.shell === 'command';
  const [program = 'sh', ...rest] = own ? options.command : bootCommand(options.shell, markKey(id));
  let containerId: ContainerId;
  try {
    const request = toRequest(options, imageReference, [program, ...rest]);
    containerId = (await createContainer(engine, request)).id;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict')
      throw new AppError('conflict', error.message, {
        fields: { name: 'A container with this name already exists.' },
        cause: error,
      });
    throw error;
  }
  try {
    await requireShell(engine, containerId, options, [...variables(options), ...image.config.environment]);
    const container = await findContainer(engine, containerId);
    return await openWorkbench(
      engine,
      {
        id,
        origin: 'run',
        name: container?.name ?? options.name,
        containerId,
        imageId: container?.imageId ?? image.id, // the tag may have moved
        imageReference,
        recording: own ? 'none' : 'unknown',
        options,
        user,
      },
      { mode: 'start', fresh: true, title: `Workbench ${imageReference}` },
    );
  } catch (error) {
    await removeUnstarted(engine, containerId);
    throw error;
  }
}

async function requireRunning(engine: Engine, containerId: ContainerId) {
  const container = await findContainer(engine, containerId);
  if (!container) throw new AppError('not_found', 'No such container.');
  if (container.state !== 'running')
    throw new AppError('conflict', `${container.name} is not running.`, { hint: 'Start it first.' });
  return container;
}

/** Another shell in any running container: `docker exec -it`. */
export async function execInto(
  engine: Engine,
  containerId: ContainerId,
  options: WorkbenchOptions,
  user: User,
): Promise<string> {
  requireCommand(options);
  const container = await requireRunning(engine, containerId);
  await requireShell(engine, container.id, options, variables(options));
  const own = options.shell === 'command';
  const plain = own && !(await hasShell(engine, container.id));
  return openWorkbench(
    engine,
    {
      id: newId(),
      origin: 'exec',
      name: container.name,
      containerId: container.id,
      imageId: container.imageId,
      imageReference: container.image,
      recording: own ? 'none' : 'unknown',
      options,
      user,
    },
    { mode: 'exec', plain, title: `Shell in ${container.name}` },
  );
}

async function hasShell(engine: Engine, containerId: ContainerId): Promise<boolean> {
  try {
    await requireShell(engine, containerId, workbenchOptions.parse({}), []);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return false;
    throw error;
  }
}

/** The terminal of a running container's main process: `docker attach`. */
export async function attachTo(engine: Engine, containerId: ContainerId, user: User): Promise<string> {
  const container = await requireRunning(engine, containerId);
  if (!container.terminal)
    throw new AppError('conflict', `The main process of ${container.name} has no terminal.`, {
      hint: 'Open a shell in it, or read its logs.',
    });
  return openWorkbench(
    engine,
    {
      id: newId(),
      origin: 'attach',
      name: container.name,
      containerId: container.id,
      imageId: container.imageId,
      imageReference: container.image,
      recording: 'none',
      options: workbenchOptions.parse({}),
      user,
    },
    { mode: 'attach', title: `Terminal of ${container.name}` },
  );
}

/** Starts the container again, or reconnects to it. Returns which. */
export async function continueWorkbench(
  id: WorkbenchId,
  user: User | null,
): Promise<'start' | 'attach' | 'exec'> {
  const workbench = await getWorkbench(id);
  const engine = getEngine(workbench.engineId);
  const container = await findContainer(engine, workbench.containerId);
  if (!container)
    throw new AppError('not_found', 'The container was removed.', {
      hint: 'Start a new workbench from the image.',
    });
  const running = container.state === 'running';
  if (!running && workbench.origin !== 'run')
    throw new AppError('conflict', `${container.name} is not running.`, { hint: 'Start it first.' });
  const mode = workbench.origin === 'exec' ? 'exec' : running ? 'attach' : 'start';
  const title = `Workbench ${workbench.imageReference}`;
  await startTerminal({ engine, run: { workbenchId: id, mode }, title, user });
  return mode;
}
