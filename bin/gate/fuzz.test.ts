import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRandom } from '../testing/random';
import { requestWriter, type Sent } from './fuzz/requests';
import { startUpstream } from './fuzz/upstream';
import { callEngine } from '../docker-api.js';
import { startGate } from './testing';

/** More of them, from another seed: `GATE_SEED=7 GATE_REQUESTS=20000 npx vitest run bin/gate/fuzz.test.ts`. */
const seed = Number(process.env.GATE_SEED ?? 20261130);
const count = Number(process.env.GATE_REQUESTS ?? 600);
/** Of a request that the gate waits for more of. */
const silentMs = 40;

/** What Go's net/http and encoding/json read, which the engine uses, too. */
interface Verdict {
  unreadable: string;
  reaches: string;
}

let directory = '';
let referee = '';
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'layerwright-referee-'));
  const program = path.join(directory, 'referee');
  const { status, stderr, error } = spawnSync(
    'go',
    ['build', '-o', program, path.join(import.meta.dirname, 'fuzz/referee.go')],
    { encoding: 'utf8' },
  );
  if (status === 0) referee = program;
  else if (status !== null) throw new Error(stderr);
  else console.log(`The gate's fuzzed requests were not judged: no Go (${error?.message}).`);
}, 180_000);
afterAll(() => rmSync(directory, { recursive: true }));

function judge(requests: { bytes: Buffer; upgraded: boolean }[]): Verdict[] {
  const input = requests.map((one) => JSON.stringify({ ...one, bytes: one.bytes.toString('base64') }));
  const { stdout, stderr } = spawnSync(referee, { input: input.join('\n'), maxBuffer: 2 ** 30 });
  expect(stderr.toString()).toBe('');
  return stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
}

/** The status of the first answer; '' for none. */
async function send(address: string, { pieces, halfClosed }: Sent): Promise<string> {
  const socket = net.connect({ path: address.slice('unix://'.length), allowHalfOpen: true });
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined); // refused while it is still sent
  socket.on('end', () => socket.destroy());
  socket.setTimeout(silentMs, () => socket.destroy());
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const piece of pieces) {
    socket.write(piece, 'latin1');
    if (pieces.length > 1) await sleep(5);
  }
  if (halfClosed) socket.end();
  await closed;
  return /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? '';
}

test(
  `what arrives behind the gate reaches no host (seed ${seed})`,
  { timeout: 30_000 + count * 100 },
  async (context) => {
    if (!referee) return context.skip('it needs Go, whose reading of a request is that of the engine');
    const upstream = await startUpstream();
    const gate = await startGate(upstream.address);
    const next = requestWriter(openRandom(seed));
    const sent = Array.from({ length: count }, next);
    const statuses = new Map<string, number>();
    for (const one of sent) {
      const status = await send(gate.address, one);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect((await callEngine(gate.address, '/info')).status).toBe(200);
    await expect.poll(() => upstream.openConnections(), { timeout: 5000 }).toBe(0);

    const arrived = upstream.arrived();
    const wrong = judge(arrived).flatMap((verdict, index) =>
      verdict.reaches || verdict.unreadable
        ? [{ ...verdict, bytes: arrived[index]!.bytes.toString('latin1').slice(0, 2000) }]
        : [],
    );
    expect(wrong).toEqual([]);

    // Otherwise the requests prove nothing: some pass, and many would reach the host without the gate.
    const direct = judge(
      sent.map(({ pieces }) => ({ bytes: Buffer.from(pieces.join(''), 'latin1'), upgraded: false })),
    );
    const dangerous = direct.filter(({ reaches }) => reaches).length;
    console.log(
      `Seed ${seed}: answers ${JSON.stringify(Object.fromEntries(statuses))}, ${arrived.length} arrived, ${dangerous} reach the host directly`,
    );
    expect(statuses.get('200')).toBeGreaterThan(count / 10);
    expect(dangerous).toBeGreaterThan(count / 10);
    await gate.close();
    upstream.close();
  },
);
