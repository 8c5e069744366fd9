import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { expectStatus, openBuild, patient } from '@/e2e/setup/steps-builds';
import { makeProject, startBuild } from '@/e2e/setup/steps-projects';
import { addUser } from './accounts';
import { buildProject, createContainer, pushImage } from './seeds';
import { call } from './server-actions';

interface Place {
  app: App;
  engine: { address: string };
  registry: { host: string };
  adminCookie: string;
  /** A signed-in page; its URL afterwards is arbitrary. */
  page: Page;
}

/** Creates one of each thing that has a page. Returns URLs from which every page is linked. */
export async function seedEveryPage({ app, engine, registry, adminCookie, page }: Place): Promise<string[]> {
  const from = ['/', '/forbidden'];
  const { project, build } = await buildProject(app, adminCookie, 'website', 'Everywhere');
  const push = await pushImage(app, adminCookie, 'mysite:latest', `${registry.host}/every/page:1`);
  await call(app, adminCookie, 'saveSecret', { id: project, name: 'npm', value: 'a token' });
  await addUser(app, adminCookie, 'veronica', 'viewer');
  const container = await createContainer(engine.address, 'busybox:latest', `every-page-${Date.now()}`);
  const commit = await call<{ id: string }>(app, adminCookie, 'startCommit', {
    containerId: container,
    reference: 'every/page:2',
    changes: {},
    leaveOut: {},
  });
  from.push(`/commits/new?container=${container}`, `/commits/${commit.id}`);
  await page.goto(`${app.url}/commits/${commit.id}`);
  await expectStatus(page, 'Succeeded');
  const recipe = await call<{ id: string }>(app, adminCookie, 'createFromRecipe', {
    commit: commit.id,
    name: 'By hand everywhere',
    dockerfile: 'FROM busybox\n',
  });
  await expect(async () => {
    await page.goto(`${app.url}/recipes/${recipe.id}`);
    await expect(page).toHaveURL(/\/projects\//, { timeout: 5000 }); // redirects there after the creation
  }).toPass(patient);
  const byHand = new URL(page.url()).pathname;
  const proof = await startBuild(app, adminCookie, byHand.split('/')[2] ?? '');
  await openBuild(page, app, proof);
  await expectStatus(page, 'Succeeded');
  from.push(`/recipes/${recipe.id}`, byHand, `/commits/${commit.id}/dockerfile`);
  const startWorkbench = () =>
    call<{ id: string }>(app, adminCookie, 'startFromImage', { image: 'busybox:latest', options: {} });
  const over = await startWorkbench();
  await page.goto(`${app.url}/workbenches/${over.id}`);
  await call(app, adminCookie, 'endShell', over);
  from.push(`/workbenches/${over.id}/replay`, `/workbenches/${(await startWorkbench()).id}`);
  const pull = await call<{ id: string }>(app, adminCookie, 'startPull', {
    reference: `${registry.host}/every/page:1`,
  });
  from.push(`/images/work/${pull.id}`);
  const fails = 'FROM busybox\nRUN echo going; echo wrong >&2; exit 3\n';
  const failing = await makeProject(app, adminCookie, 'Fails everywhere', { Dockerfile: fails });
  const failed = await startBuild(app, adminCookie, failing.id);
  await openBuild(page, app, failed);
  await expectStatus(page, 'Failed');
  // No link leads to the shared page of operations; it works for every kind.
  from.push(`/builds/compare?from=${build}&to=${failed}`);
  from.push(`/builds/${build}`, `/builds/${failed}`, `/pushes/${push}`, `/operations/${push}`);
  return from;
}
