import { addUser, askToSignIn, signedIn } from './setup/pages/accounts';
import { ask } from './setup/pages/raw-request';
import { call } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';
import { makeProject } from './setup/steps-projects';

test('an administrator finds who did what, exports it, and verifies the chain', async ({
  app,
  adminCookie,
  signedInPage: page,
}) => {
  const account = await addUser(app, adminCookie, 'audited', 'viewer');
  await askToSignIn(app, { ...account, password: 'not the password' });
  const { id } = await makeProject(app, adminCookie, 'Audited', { Dockerfile: 'FROM busybox\n' });
  await call(app, adminCookie, 'saveSecret', { id, name: 'npm', value: 'canary-of-the-audit-log' });

  await page.goto(`${app.url}/settings/account`);
  await page.getByRole('link', { name: 'Audit' }).click();
  const log = page.getByRole('table', { name: 'Audit log' });
  const saved = log.getByRole('row', { name: 'project.save-secret' }).first();
  await expect(saved).toContainText(`id=${id} name=npm`);
  await expect(saved).toContainText('Done');

  await page.getByLabel('User', { exact: true }).fill('audited');
  await page.getByLabel('Outcome').selectOption({ label: 'Denied' });
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const denied = log.getByRole('row', { name: 'account.sign-in' });
  await expect(denied).toHaveCount(1); // until the filter is applied, there are those of other journeys
  await expect(denied).toContainText('user=audited');
  await expect(log).not.toContainText('project.save-secret');

  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(/^Rows 1 to \d+ verified\. Hash of the last: [0-9a-f]{64}$/)).toBeVisible();

  const { status, text } = await ask(app, '/api/audit', { headers: { cookie: adminCookie } });
  expect(status).toBe(200);
  const rows = text.trim().split('\n');
  expect(rows.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(rows.map((_, at) => at + 1));
  for (const secret of ['canary-of-the-audit-log', 'not the password', account.password])
    expect(text).not.toContain(secret);
});

test('others neither see nor export the audit log', async ({ app, adminCookie, newPerson }) => {
  const account = await addUser(app, adminCookie, 'curious', 'builder');
  const { page, cookie } = await signedIn(await newPerson(), app, account);
  await page.goto(`${app.url}/settings/account`);
  await expect(page.getByRole('link', { name: 'Audit' })).toBeHidden();
  await page.goto(`${app.url}/settings/audit`);
  await expect(page.getByRole('heading', { name: 'Access denied' })).toBeVisible();
  expect((await ask(app, '/api/audit', { headers: { cookie } })).status).toBe(403);
});
