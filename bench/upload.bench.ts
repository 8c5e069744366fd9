import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import type { App } from '@/e2e/setup/app';
import { asBrowser } from '@/e2e/setup/pages/raw-request';
import { limits, uploadEndpoint } from '@/lib/uploads/schema';
import { cookieFor, expect, residentSize, test, watchMemory } from './setup/bench';
import { formatMiB, formatMs, formatTimes, median } from './setup/figures';
import { note } from './setup/measure';

const MiB = 1024 * 1024;
const size = 1024 * MiB;
const part = randomBytes(limits.partBytes);

interface Sent {
  status: number;
  location: string | undefined;
}

/** A request of the tus protocol, on a persistent connection. */
function sendTus(app: App, agent: http.Agent, request: http.RequestOptions, body?: Buffer): Promise<Sent> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const sent = http.request({ hostname, port, agent, ...request }, (response) => {
      response
        .resume()
        .on('end', () => resolve({ status: response.statusCode ?? 0, location: response.headers.location }));
    });
    sent.on('error', reject).end(body);
  });
}

/** Uploads as the page does, in parts of 8 MiB, one after another; returns ms. */
async function upload(app: App, cookie: string): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { ...asBrowser(app, cookie), 'tus-resumable': '1.0.0' };
  const name = Buffer.from('bench.tar').toString('base64');
  const begun = performance.now();
  const made = await sendTus(app, agent, {
    method: 'POST',
    path: uploadEndpoint,
    headers: { ...headers, 'upload-length': size, 'upload-metadata': `name ${name}` },
  });
  expect(made.status).toBe(201);
  const target = `${uploadEndpoint}/${made.location?.split('/').at(-1)}`;
  for (let offset = 0; offset < size; offset += part.length) {
    const patch = {
      ...headers,
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': part.length,
    };
    const { status } = await sendTus(app, agent, { method: 'PATCH', path: target, headers: patch }, part);
    expect(status).toBe(204);
  }
  const took = performance.now() - begun;
  await sendTus(app, agent, { method: 'DELETE', path: target, headers });
  agent.destroy();
  return took;
}

/** Writes the same bytes in the same pieces to a file on the same disk; returns ms. */
async function write(app: App): Promise<number> {
  const file = path.join(app.dataDirectory, 'bench-bytes');
  const begun = performance.now();
  const handle = await open(file, 'w');
  for (let offset = 0; offset < size; offset += part.length) await handle.write(part);
  await handle.close();
  const took = performance.now() - begun;
  await rm(file);
  return took;
}

test('upload of 1 GiB', async ({ startApp, page }) => {
  test.setTimeout(4 * 60_000);
  const app = await startApp();
  const cookie = await cookieFor(app, page);
  await page.goto('about:blank');
  const before = residentSize(app);
  const memory = watchMemory(app);
  const uploads: number[] = [];
  const writes: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    uploads.push(await upload(app, cookie));
    writes.push(await write(app));
  }
  const growth = memory.stop() - before;
  note({
    what: 'upload of 1 GiB, three times: growth of the server’s memory',
    target: '≤ 64 MiB',
    measured: `${formatMiB(growth)} above ${formatMiB(before)}`,
    met: growth <= 64 * MiB,
  });
  const [sent, written] = [median(uploads), median(writes)];
  note({
    what: 'upload of 1 GiB: speed against writing the same bytes to disk',
    target: '≥ 0.5 ×',
    measured: `${formatTimes(written / sent)} (${formatMs(sent)} against ${formatMs(written)})`,
    met: written / sent >= 0.5,
  });
});
