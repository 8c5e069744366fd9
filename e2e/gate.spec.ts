import { startGate } from '@/bin/gate/testing';
import { expect, test } from './setup/fixtures';
import { setUp } from './setup/sign-in';

test('behind the gate containers run and have a terminal, and what it refuses is said on the page', async ({
  page,
  engine,
  startApp,
}) => {
  const gate = await startGate(engine.address);
  const app = await startApp({ env: { LAYERWRIGHT_GATE: gate.address } });
  await setUp(page, app);
  await page.goto(`${app.url}/containers/new?image=busybox`);
  await page.getByLabel('Command').fill('sleep 300');
  await page.getByRole('button', { name: 'Add volume' }).click();
  await page.getByLabel('Volume', { exact: true }).fill('/etc');
  await page.getByLabel('Path in the container').fill('/host');
  await expect(page.getByText(/can allow it: LAYERWRIGHT_GATE_ALLOW=bind:\/etc$/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Network' }).selectOption('host');
  await expect(page.getByText(/can allow it: LAYERWRIGHT_GATE_ALLOW=network$/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Network' }).selectOption('bridge');
  await expect(page.getByText(/LAYERWRIGHT_GATE_ALLOW=network$/)).toBeHidden();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(
    page.getByText('The gate before the engine refuses this: it mounts "/etc" of the host.'),
  ).toBeVisible();
  await expect(page.getByLabel('Command')).toHaveValue('sleep 300');
  expect(gate.lines.at(-1)).toContain('it mounts "/etc" of the host');

  await page.getByLabel('Volume', { exact: true }).fill('gate-journey');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page).toHaveURL(/\/containers\/[a-f0-9]{64}$/);
  await expect(page.getByRole('region', { name: 'Mounts' })).toContainText('gate-journey');
  const id = page.url().split('/').at(-1)!;
  await engine.call(`/containers/${id}?force=1`, 'DELETE');
  await engine.call('/volumes/gate-journey', 'DELETE');
  await page.goto('about:blank');
  await gate.close();
});
