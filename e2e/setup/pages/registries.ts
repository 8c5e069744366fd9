import { expect, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { startFake } from '@/lib/registry/test-server';

interface RegistryFields {
  host?: string;
  name?: string;
  scheme?: 'Automatic' | 'HTTPS only' | 'Plain HTTP';
  user?: string;
  password?: string;
}

/** Fills in the given fields and submits the form. */
export async function saveRegistry(page: Page, fields: RegistryFields): Promise<void> {
  const { host, name, scheme, user, password } = fields;
  if (host !== undefined) await page.getByLabel('Host', { exact: true }).fill(host);
  if (name !== undefined) await page.getByLabel('Display name (optional)', { exact: true }).fill(name);
  if (scheme !== undefined) await page.getByLabel('Protocol').selectOption({ label: scheme });
  if (user !== undefined) await page.getByLabel('User name').fill(user);
  if (password !== undefined) await page.getByLabel('Password or token').fill(password);
  await page.getByRole('button', { name: /^(Add|Save) and check$/ }).click();
}

/** Adds a registry by its form, and waits for its page. */
export async function addRegistry(page: Page, app: App, fields: RegistryFields): Promise<void> {
  await page.goto(`${app.url}/registries/new`);
  await saveRegistry(page, fields);
  // The check asks the registry and the engine, for at most ten seconds.
  await expect(page).toHaveURL(/\/registries\/[0-9a-z]{16}$/, { timeout: 20_000 });
}

/** The protocol shown on a registry's page. */
export const connectionOf = (page: Page) => page.getByRole('region', { name: 'Connection' });

/** A server that responds like a registry that requires a login; `seen` has the received requests. */
export const startLoginTrap = () =>
  startFake((_request, response) => {
    const headers = {
      'docker-distribution-api-version': 'registry/2.0',
      'www-authenticate': 'Basic realm="another"',
      'content-type': 'application/json',
    };
    response.writeHead(401, headers).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
  });
