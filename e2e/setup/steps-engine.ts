import http from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from '@playwright/test';

interface EngineAnswer {
  status: number;
  text: string;
  json: () => unknown;
}

/** A request to an engine on a Unix socket, with an optional JSON body; streams are read to their end. */
export function askEngine(
  address: string,
  method: 'GET' | 'POST' | 'DELETE',
  target: string,
  body?: unknown,
): Promise<EngineAnswer> {
  const socketPath = address.replace('unix://', '');
  const content = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(content !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(content),
    }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, method, path: target, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, json: () => JSON.parse(text) as unknown }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(content);
  });
}

/** Equivalent of `docker run -d`; `stop` removes the container. */
export async function runImage(address: string, image: string) {
  const made = await askEngine(address, 'POST', '/containers/create', { Image: image });
  expect(made.status, made.text).toBe(201);
  const { Id: id } = made.json() as { Id: string };
  const started = await askEngine(address, 'POST', `/containers/${id}/start`);
  expect(started.status, started.text).toBe(204);
  const inspected = await askEngine(address, 'GET', `/containers/${id}/json`);
  const { NetworkSettings: network } = inspected.json() as { NetworkSettings: { IPAddress: string } };
  return {
    ip: network.IPAddress,
    stop: () => askEngine(address, 'DELETE', `/containers/${id}?force=1`),
  };
}

/** Equivalent of `docker pull` for a full reference; throws if it fails. */
export async function pullImage(address: string, reference: string): Promise<void> {
  const { status, text } = await askEngine(
    address,
    'POST',
    `/images/create?fromImage=${encodeURIComponent(reference)}`,
  );
  expect(status, text).toBe(200);
  expect(text).not.toContain('"error"');
}

interface InspectedImage {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  Size: number;
  Config: { Labels: Record<string, string> | null; Env: string[] | null };
}

/** Null if the image does not exist. */
export async function inspectImage(address: string, reference: string): Promise<InspectedImage | null> {
  const answer = await askEngine(address, 'GET', `/images/${reference}/json`);
  return answer.status === 200 ? (answer.json() as InspectedImage) : null;
}

/** Processes of this machine, including those in containers, with a text in their command line. */
export function findProcesses(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
      } catch {
        return false; // it has ended meanwhile
      }
    });
}
