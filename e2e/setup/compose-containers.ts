import { chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { anyFreePort } from '@/bin/ports.js';
import { containerBody, readCompose, type Service } from './compose';
import { newDirectory } from './environment';
import { askEngine } from './steps-engine';

/** User and group of the web process. */
export const imageUser = 10_001;

interface Inspected {
  State: { Status: string; ExitCode: number; Health?: { Status: string } };
}

/** A container of an engine. */
function containerOf(address: string, id: string) {
  const ask = async (target: string) => {
    const answer = await askEngine(address, 'POST', `/containers/${id}/${target}`);
    expect([204, 304], answer.text).toContain(answer.status);
  };
  const state = async () =>
    ((await askEngine(address, 'GET', `/containers/${id}/json`)).json() as Inspected).State;
  return {
    id,
    start: () => ask('start'),
    /** With the signal and the patience of its options. */
    stop: () => ask('stop'),
    state,
    waitForHealth: () =>
      expect.poll(async () => (await state()).Health?.Status, { timeout: 90_000 }).toBe('healthy'),
    /** All output; the frames of the stream stay in it. */
    output: async () => (await askEngine(address, 'GET', `/containers/${id}/logs?stdout=1&stderr=1`)).text,
    /** Output and exit code of a command in it. */
    async run(...command: string[]) {
      const body = { Cmd: command, AttachStdout: true, AttachStderr: true };
      const made = await askEngine(address, 'POST', `/containers/${id}/exec`, body);
      expect(made.status, made.text).toBe(201);
      const exec = (made.json() as { Id: string }).Id;
      const { text } = await askEngine(address, 'POST', `/exec/${exec}/start`, { Detach: false });
      const { ExitCode: code } = (await askEngine(address, 'GET', `/exec/${exec}/json`)).json() as {
        ExitCode: number;
      };
      return { text, code };
    },
    remove: () => askEngine(address, 'DELETE', `/containers/${id}?force=1&v=1`),
  };
}

export type Container = ReturnType<typeof containerOf>;

/** An installation as the deployment guide describes it: the directories, and the containers of compose.yaml. */
export async function newDeployment(address: string, image: string) {
  const directory = newDirectory('deployment');
  const [data, run] = ['data', 'run'].map((name) => path.join(directory, name)) as [string, string];
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, imageUser, imageUser);
  mkdirSync(run, { mode: 0o750 });
  chownSync(run, 0, imageUser);
  const port = String(await anyFreePort());
  const { web, gate } = readCompose({
    LAYERWRIGHT_IMAGE: image,
    LAYERWRIGHT_DIRECTORY: directory,
    LAYERWRIGHT_PORT: port,
    LAYERWRIGHT_SOCKET: address.replace('unix://', ''),
  });
  const made: Container[] = [];
  const create = async (service: Service) => {
    const answer = await askEngine(address, 'POST', '/containers/create', containerBody(service));
    expect(answer.status, answer.text).toBe(201);
    const container = containerOf(address, (answer.json() as { Id: string }).Id);
    made.push(container);
    return container;
  };
  return {
    url: `http://localhost:${port}`,
    data,
    web,
    gate,
    /** Equivalent of `docker compose create`. */
    create,
    /** Equivalent of `docker compose up`: both, the gate first. */
    async up() {
      const containers = { gate: await create(gate), web: await create(web) };
      await containers.gate.start();
      await containers.gate.waitForHealth();
      await containers.web.start();
      await containers.web.waitForHealth();
      return containers;
    },
    /** Equivalent of `docker compose run --rm --no-deps web …`; its output and exit code. */
    async runOnce(...command: string[]) {
      const container = await create({ ...web, command, ports: [], restart: 'no' });
      await container.start();
      await expect.poll(async () => (await container.state()).Status, { timeout: 60_000 }).toBe('exited');
      return { text: await container.output(), code: (await container.state()).ExitCode };
    },
    async down() {
      for (const container of made) await container.remove();
    },
  };
}

/** The set-up link in a container's log. */
export async function setupLinkIn(container: Container): Promise<string> {
  const link = /Set-up link: (\S+)/.exec(await container.output())?.[1];
  if (!link) throw new Error(`There is no set-up link in the log:\n${await container.output()}`);
  return link;
}
