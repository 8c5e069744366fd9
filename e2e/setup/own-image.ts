import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callEngine } from '@/bin/docker-api.js';
import { collectImageFiles } from '@/bin/image-files.js';
import type { App } from './app';
import { debianBase, debianImage, importDirectory } from './debian-base';
import { newDirectory } from './environment';
import { call } from './pages/server-actions';
import { expectStatus, openBuild, patient } from './steps-builds';
import { inspectImage } from './steps-engine';
import { chooseFile, createProject, makeProject, startBuild } from './steps-projects';

const root = path.join(import.meta.dirname, '../..');

const nodeImage = 'layerwright-node:made-here';
const appImage = 'layerwright-app:made-here';
const ownImage = 'layerwright-own:made-here';

/** The arguments with which the image gets the app that `npm test` built: compiling it again takes minutes. */
export const fromBuiltApp = { BASE: nodeImage, APP: appImage };

interface Place {
  app: App;
  cookie: string;
  page: Page;
  /** Of the engine. */
  address: string;
}

/** Debian with this machine's Node, built as a project: the distribution's own may be older than the oldest supported one. */
export async function buildNodeBase({ app, cookie, page, address }: Place): Promise<void> {
  await debianBase(address);
  const dockerfile = `FROM ${debianImage}\nCOPY node /usr/local/bin/node\nRUN node --version\n`;
  const options = { tags: [nodeImage] };
  const project = await makeProject(app, cookie, 'Node base', { Dockerfile: dockerfile }, options);
  copyFileSync(process.execPath, path.join(project.directory, 'node'));
  await openBuild(page, app, await startBuild(app, cookie, project.id));
  await expectStatus(page, 'Succeeded', { timeout: 120_000 });
}

/** Imports the app that `npm test` built, as the image that `fromBuiltApp` names. */
export async function importBuiltApp(address: string): Promise<void> {
  if (await inspectImage(address, appImage)) return;
  const directory = newDirectory('app-files');
  collectImageFiles(path.join(directory, 'app'), process.env.LAYERWRIGHT_DIST || '.next');
  await importDirectory(address, appImage, directory, ['--owner=0', '--group=0', '--mode=u=rwX,go=rX']);
}

/** The files of this checkout that the image is built from, as a tar archive. */
function packCheckout(): Buffer {
  const kept = readFileSync(path.join(root, '.dockerignore'), 'utf8').matchAll(/^!(\S+)$/gm);
  const names = ['Dockerfile', '.dockerignore', ...[...kept].map(([, name = '']) => name)];
  const args = ['-C', root, '--exclude=lib/generated', '-c', ...names];
  return execFileSync('tar', args, { maxBuffer: 256 * 1024 * 1024 });
}

/** Makes a project of this checkout, as an upload, and builds it; prints the size of the image and gives its id. */
export async function buildCheckout(
  { app, cookie, page, address }: Place,
  { args, timeoutMs }: { args: Record<string, string>; timeoutMs: number },
): Promise<string> {
  await page.goto(`${app.url}/projects/new`);
  await chooseFile(page, { name: 'layerwright.tar', content: packCheckout() });
  await createProject(page, 'Layerwright');
  const id = /\/projects\/([0-9a-z]+)/.exec(page.url())?.[1];
  const buildArgs = Object.entries(args).map(([name, value]) => ({ name, value }));
  await call(app, cookie, 'saveOptions', { id, options: { buildArgs, tags: [ownImage] } });
  await page.reload();
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Layerwright #1' })).toBeVisible(patient);
  await expectStatus(page, 'Succeeded', { timeout: timeoutMs });

  const [image, base] = await Promise.all([ownImage, nodeImage].map((name) => inspectImage(address, name)));
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  const above = megabytes(image!.Size - base!.Size);
  console.log(`The image has ${megabytes(image!.Size)} MB, ${above} MB above its base.`);
  return image!.Id;
}

/** Later journeys look at the images of the same engine. */
export async function removeOwnImages(address: string): Promise<void> {
  for (const name of [ownImage, appImage, nodeImage])
    await callEngine(address, `/images/${name}?force=1`, { method: 'DELETE' });
}
