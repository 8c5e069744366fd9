import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';

export async function openImage(page: Page, app: App, id: string): Promise<void> {
  await page.goto(`${app.url}/images/${id.replace('sha256:', '')}`);
  await expect(page.getByRole('heading', { name: 'Layers', exact: true })).toBeVisible();
}

/** The tags on the page of an image. */
export const tagsOf = (page: Page) => page.getByRole('region', { name: 'Tags' }).getByRole('list').first();

/** Status of a push, in the header of its page. */
export const stateOf = (page: Page) =>
  page.getByRole('main').getByRole('banner').or(page.locator('main header')).getByRole('status').first();

/** The row of one layer on the page of a push. */
export const layerOf = (page: Page, instruction: string | RegExp) =>
  page.getByRole('region', { name: 'Layers' }).getByRole('listitem').filter({ hasText: instruction });

interface Target {
  /** Selects a stored registry by its host; otherwise the full reference is entered. */
  registry?: string;
  repository?: string;
  tag?: string;
  reference?: string;
}

/** Starts a push in the dialog of the image's page, and waits for the page of the push. */
export async function push(
  page: Page,
  app: App,
  id: string,
  { registry, repository, tag, reference }: Target,
) {
  await openImage(page, app, id);
  await page.getByRole('button', { name: /^Push(…| elsewhere…)$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Push to a registry' });
  const choice = dialog.getByLabel('Registry');
  await expect(choice).toBeVisible();
  if (registry === undefined) {
    await choice.selectOption({ label: 'Another one…' });
    await dialog.getByLabel('Reference').fill(reference ?? '');
  } else {
    const option = choice.getByRole('option').filter({ hasText: registry });
    await choice.selectOption((await option.getAttribute('value')) ?? '');
    await dialog.getByLabel('Repository').fill(repository ?? '');
    await dialog.getByLabel('Tag', { exact: true }).fill(tag ?? '');
  }
  await dialog.getByRole('button', { name: 'Push', exact: true }).click();
  await expect(page).toHaveURL(/\/pushes\/[0-9a-z]+$/);
}

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

/** The registry's response for a tag or digest. */
export async function readManifest(host: string, repository: string, tag: string, authorization?: string) {
  const headers = { accept: manifestType, ...(authorization && { authorization }) };
  const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, digest: response.headers.get('docker-content-digest'), body };
}
