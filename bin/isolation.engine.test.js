import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBaseImage } from './base-image.js';
import { callEngine } from './docker-api.js';
import { startEngine } from './engine.js';
import { isBridgeName } from './subnet.js';

const engine = process.env.LAYERWRIGHT_TEST_ENGINE ?? '';

/** Whether the engine is one of engine.js. */
async function isPrivate() {
  if (!engine) return false;
  const { text } = await callEngine(engine, '/networks/bridge');
  return isBridgeName(JSON.parse(text).Options?.['com.docker.network.bridge.name'] ?? '');
}

const skipped = !(await isPrivate());
if (skipped) console.log('Skipped: what containers reach (LAYERWRIGHT_TEST_ENGINE names no private engine).');

/** @param {string} line */
const sh = (line) => execFileSync('sh', ['-ec', line], { encoding: 'utf8' });

/** Prints its port. @param {string[]} inside */
async function listen(inside) {
  const program =
    "const s = require('net').createServer((c) => c.end('here\\n')).listen(0, '::', () => console.log(s.address().port))";
  const [command, ...args] = [...inside, process.execPath, '-e', program];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  return { port: Number(String(port)), stop: () => child.kill() };
}

/** @param {string} engine @param {string} target @param {unknown} [body] */
async function post(engine, target, body) {
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const options = { method: 'POST', body: content, type: 'application/json', timeoutMs: 60_000 };
  const { status, text } = await callEngine(engine, target, options);
  if (status >= 400) throw new Error(`${target}: ${status} ${text}`);
  return text;
}

/** @param {string} engine @param {string} script of a shell @param {'bridge' | 'host'} [network] */
async function runContainer(engine, script, network = 'bridge') {
  const command = { Image: 'busybox:latest', Cmd: ['sh', '-c', script], Tty: true };
  const body = { ...command, HostConfig: { NetworkMode: network } };
  const { Id: id } = JSON.parse(await post(engine, '/containers/create', body));
  await post(engine, `/containers/${id}/start`);
  const { text } = await callEngine(engine, `/containers/${id}/json`);
  return { id, ip: JSON.parse(text).NetworkSettings.IPAddress };
}

/**
 * Which of the places (`address port`) a container of the engine connects to.
 * @param {string} engine @param {'bridge' | 'host'} network @param {string[]} places
 */
async function reachedFrom(engine, network, places) {
  const tries = places.map((place) => `(nc -w 5 ${place} </dev/null | grep -q here && echo "[${place}]") &`);
  const { id } = await runContainer(engine, `${tries.join('\n')}\nwait`, network);
  await post(engine, `/containers/${id}/wait`);
  const { text } = await callEngine(engine, `/containers/${id}/logs?stdout=1`);
  await callEngine(engine, `/containers/${id}?force=1`, { method: 'DELETE' });
  return places.filter((place) => text.includes(`[${place}]`));
}

describe.skipIf(skipped)('a container of a private engine', () => {
  // Other runs of the tests on this machine have other numbers.
  const number = process.pid % 250;
  const names = { outside: `out${process.pid}`, bridge: `br-${process.pid}` };
  const at = {
    outside: `198.18.${number}.2`,
    bridge: `198.19.${number}.1`,
    linkLocal: `169.254.213.${number}`,
  };
  const directory = mkdtempSync(path.join(os.tmpdir(), 'layerwright-isolation-'));
  /** @type {(() => unknown)[]} */
  const undo = [];

  beforeAll(async () => {
    undo.push(() => rmSync(directory, { recursive: true, force: true }));
    sh(`ip netns add ${names.outside}`);
    undo.push(() => sh(`ip netns delete ${names.outside}`));
    sh(`
      ip link add ${names.outside} type veth peer name eth0 netns ${names.outside}
      ip address add 198.18.${number}.1/30 dev ${names.outside}; ip link set ${names.outside} up
      ip -n ${names.outside} address add ${at.outside}/30 dev eth0; ip -n ${names.outside} link set eth0 up`);
    sh(`ip link add ${names.bridge} type bridge`);
    undo.push(() => sh(`ip link delete ${names.bridge}`));
    sh(`
      ip address add ${at.bridge}/24 dev ${names.bridge}; ip address add ${at.linkLocal}/32 dev ${names.bridge}
      ip link set ${names.bridge} up`);
  }, 60_000);
  afterAll(async () => {
    for (const each of undo.toReversed()) await each();
  }, 60_000);

  it('reaches what is outside, but not the machine, its bridges, link-local addresses or another engine', async () => {
    const outside = await listen(['ip', 'netns', 'exec', names.outside]);
    const machine = await listen([]);
    undo.push(outside.stop, machine.stop);
    const other = await startEngine({ directory });
    undo.push(other.stop);
    expect(other.problem).toBeNull();
    await importBaseImage(other.address);
    const neighbour = await runContainer(other.address, 'while :; do echo here | nc -l -p 80; done');
    const ownGateway = JSON.parse((await callEngine(engine, '/networks/bridge')).text).IPAM.Config[0].Gateway;
    const places = {
      outside: `${at.outside} ${outside.port}`,
      gateway: `${ownGateway} ${machine.port}`,
      bridge: `${at.bridge} ${machine.port}`,
      linkLocal: `${at.linkLocal} ${machine.port}`,
      neighbour: `${neighbour.ip} 80`,
    };
    const all = Object.values(places);
    expect(await reachedFrom(engine, 'bridge', all)).toEqual([places.outside]);
    // All of them listen: the network of the machine, which only administrators may choose, reaches them.
    expect(await reachedFrom(engine, 'host', all)).toEqual(all);
  }, 120_000);
});
