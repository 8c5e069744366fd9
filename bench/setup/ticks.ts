import net from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { newDirectory } from '@/e2e/setup/environment';

/** Time of each numbered line, by its number; in ms since 1970. */
type Ticks = Map<number, number>;

const mark = /tick-(\d+)\b/g;

function noteTicks(text: string, ticks: Ticks): void {
  for (const [, number] of text.matchAll(mark)) {
    const tick = Number(number);
    if (!ticks.has(tick)) ticks.set(tick, Date.now());
  }
}

/** Parses what an engine sends: the records of BuildKit's trace are JSON lines that contain base64. */
function readTrace(ticks: Ticks) {
  let held = '';
  return (data: Buffer) => {
    const lines = (held + data.toString('latin1')).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      const trace = /"moby\.buildkit\.trace","aux":"([^"]+)"/.exec(line)?.[1];
      if (trace) noteTicks(Buffer.from(trace, 'base64').toString('latin1'), ticks);
    }
  };
}

/** A proxy of the engine's socket that records when each numbered line of a build passes. */
export async function listenToEngine(address: string) {
  const ticks: Ticks = new Map();
  const socketPath = path.join(newDirectory('relay'), 'docker.sock');
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ path: address.replace('unix://', ''), allowHalfOpen: true });
    const read = readTrace(ticks);
    far.on('data', read);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    address: `unix://${socketPath}`,
    ticks,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Records in the page when each numbered line is painted: in a task after the next frame. */
export const watchTicks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const painted = new Map<number, number>();
    const known = new Set<number>();
    const look = () => {
      const fresh: number[] = [];
      for (const row of document.querySelectorAll('[aria-label^="Output of"] [data-index]')) {
        const tick = /tick-(\d+)\b/.exec(row.textContent ?? '')?.[1];
        if (tick === undefined || known.has(Number(tick))) continue;
        known.add(Number(tick));
        fresh.push(Number(tick));
      }
      if (fresh.length === 0) return;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          const now = Date.now();
          for (const tick of fresh) painted.set(tick, now);
          port1.close();
        });
        port1.start();
        port2.postMessage(null);
      });
    };
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    (window as unknown as { painted: Map<number, number> }).painted = painted;
  });

export const paintedTicks = async (page: Page): Promise<Ticks> =>
  new Map(await page.evaluate(() => [...(window as unknown as { painted: Map<number, number> }).painted]));
