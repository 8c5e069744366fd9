import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { writeRecord } from '@/bin/processes.js';
import { packTar } from '@/bin/tar.js';
import { newDirectory } from '@/e2e/setup/environment';
import { expect, test as base } from './setup/bench';
import { formatMs, formatTimes, median } from './setup/figures';
import { note } from './setup/measure';

const root = path.dirname(import.meta.dirname);
const runs = 7;
const MiB = 1024 * 1024;

/** The gate as `npm start` runs it: a process of its own. */
async function startGate(engine: string) {
  const directory = newDirectory('gate');
  const address = `unix://${directory}/engine.sock`;
  const command = path.join(root, 'bin/gate.js');
  const child = spawn(process.execPath, [command, '--listen', address, '--engine', engine]);
  writeRecord(path.join(directory, 'process.json'), child.pid!); // for bin/sweep.js, if this process is killed
  await once(child.stdout, 'data');
  return {
    address,
    /** Processor time that it has used, in ms. */
    used() {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      // proc(5): after the name, the 12th and 13th field, in ticks of 10 ms.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    stop: () => child.kill(),
  };
}

const test = base.extend<{ gate: Awaited<ReturnType<typeof startGate>> }>({
  gate: async ({ engine }, provide) => {
    const gate = await startGate(engine.address);
    await provide(gate);
    gate.stop();
  },
});

/** One call, with its whole answer read; returns ms. */
async function time(address: string, method: string, target: string, body?: Buffer): Promise<number> {
  const begun = performance.now();
  const request = http.request({
    socketPath: address.slice('unix://'.length),
    method,
    path: target,
    headers: {
      'x-registry-auth': 'e30=', // no login; 20.10 wants it with every push
      ...(body && { 'content-type': 'application/x-tar', 'content-length': body.length }),
    },
    agent: false,
  });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  let last = '';
  for await (const chunk of answer as AsyncIterable<Buffer>) last = chunk.subarray(-2000).toString('latin1');
  expect(answer.statusCode, last).toBeLessThan(300);
  expect(last).not.toContain('"errorDetail"');
  return performance.now() - begun;
}

test('the gate: builds and transfers through it', async ({ engine, gate, registry }) => {
  test.setTimeout(10 * 60_000);
  const image = `${registry.host}/bench/gate`;
  const context = packTar([
    {
      path: 'Dockerfile',
      type: 'file',
      content: Buffer.from('FROM busybox\nCOPY bytes /bytes\nRUN sha256sum /bytes\n'),
    },
    { path: 'bytes', type: 'file', content: randomBytes(64 * MiB) },
  ]);
  const build = `/build?version=1&rm=1&nocache=1&t=${encodeURIComponent(image)}`;
  await time(engine.address, 'POST', build, context);
  await time(engine.address, 'POST', `/images/${image}/push?tag=latest`);
  /** With the layers, which former builds hold, too. */
  const remove = async () => {
    await time(engine.address, 'DELETE', `/images/${image}?force=1`);
    await time(engine.address, 'POST', '/images/prune');
  };
  const cases = {
    'a build with 64 MiB of files': (address: string) => time(address, 'POST', build, context),
    'a pull of 64 MiB': async (address: string) => {
      await remove();
      return time(address, 'POST', `/images/create?fromImage=${image}&tag=latest`);
    },
    'saving an image of 64 MiB': (address: string) => time(address, 'GET', `/images/${image}/get`),
    'the list of containers': (address: string) => time(address, 'GET', '/containers/json?all=1'),
  };
  for (const [what, run] of Object.entries(cases)) {
    const times = { direct: [] as number[], gate: [] as number[] };
    const before = gate.used();
    for (let round = 0; round < runs; round += 1) {
      // Alternating, so that neither is always first.
      for (const side of round % 2 === 0 ? (['direct', 'gate'] as const) : (['gate', 'direct'] as const))
        times[side].push(await run(side === 'gate' ? gate.address : engine.address));
    }
    const [through, direct] = [median(times.gate), median(times.direct)];
    const used = (gate.used() - before) / runs;
    const limit = /build|pull/.test(what) ? 1.03 : Infinity;
    note({
      what: `the gate: ${what}, against the engine itself`,
      target: limit === Infinity ? '' : `≤ ${limit} ×`,
      measured: `${formatTimes(through / direct)} (${formatMs(through)} against ${formatMs(direct)}); ${formatMs(used)} of the gate’s processor time`,
      met: through / direct <= limit,
    });
  }
  await remove();
});
