import http from 'node:http';
import { expect } from '@playwright/test';
import { callEngine } from '@/bin/docker-api.js';
import { packTar } from '@/bin/tar.js';
import type { App } from '@/e2e/setup/app';
import { ask } from './raw-request';
import { call } from './server-actions';

/** Builds an image directly at the engine. Returns its id. */
export async function buildAtEngine(address: string, tag: string, dockerfile: string): Promise<string> {
  const body = packTar([{ path: 'Dockerfile', type: 'file', content: Buffer.from(dockerfile) }]);
  const query = new URLSearchParams({ t: tag, rm: '1', forcerm: '1' });
  const { status, text } = await callEngine(address, `/build?${query}`, {
    method: 'POST',
    body,
    timeoutMs: 60_000,
  });
  const id = /"aux":\{"ID":"(sha256:[a-f0-9]{64})"\}/.exec(text)?.[1];
  if (status !== 200 || !id) throw new Error(`${tag} was not built: ${text}`);
  return id;
}

/**
 * Creates a container of an image, which keeps the image in use. Returns its id. `own`: additional engine options.
 */
export function createContainer(
  address: string,
  image: string,
  name: string,
  own: Record<string, unknown> = {},
): Promise<string> {
  const options = {
    socketPath: address.replace('unix://', ''),
    method: 'POST',
    path: `/containers/create?name=${name}`,
  };
  return new Promise((resolve, reject) => {
    const request = http.request(
      { ...options, headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          const id = /"Id":"([a-f0-9]{64})"/.exec(text)?.[1];
          if (id) resolve(id);
          else reject(new Error(`${name} was not made: ${text}`));
        });
      },
    );
    request.on('error', reject).end(JSON.stringify({ Image: image, Cmd: ['true'], ...own }));
  });
}

/** The engine's inspection of an image; null if it does not exist. */
export async function inspectAtEngine(address: string, name: string) {
  const { status, text } = await callEngine(address, `/images/${name}/json`);
  if (status !== 200) return null;
  return JSON.parse(text) as {
    Id: string;
    RepoTags: string[] | null;
    RepoDigests: string[] | null;
    Size: number;
  };
}

/** Waits for the end of an operation, and returns its status on the page. */
async function waitForOperation(app: App, cookie: string, path: string, words: RegExp) {
  await expect(async () => {
    expect((await ask(app, path, { headers: { cookie } })).text).toMatch(words);
  }).toPass({ timeout: 60_000 });
}

/** Creates a project with one successful build, by actions. */
export async function buildProject(app: App, cookie: string, template: string, name: string) {
  const { id: project } = await call<{ id: string }>(app, cookie, 'createFromTemplate', { template, name });
  const { id: build } = await call<{ id: string }>(app, cookie, 'startBuild', { projectId: project });
  await waitForOperation(app, cookie, `/builds/${build}`, /Build again/);
  return { project, build };
}

/** A successful push. */
export async function pushImage(app: App, cookie: string, image: string, reference: string): Promise<string> {
  const { id } = await call<{ id: string }>(app, cookie, 'startPush', { image, target: { reference } });
  await waitForOperation(app, cookie, `/pushes/${id}`, /Digest verified by the registry/);
  return id;
}
