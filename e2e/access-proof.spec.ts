import Database from 'better-sqlite3';
import path from 'node:path';
import type { App } from './setup/app';
import { accountOf, addUser, signedIn } from './setup/pages/accounts';
import { findServerAction, postAction, resultOf } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';

/** As if the password had been entered long ago. */
function makeProofOld(app: App, user: string): void {
  const database = new Database(path.join(app.dataDirectory, 'layerwright.db'), { timeout: 10_000 });
  const { changes } = database
    .prepare(
      `UPDATE LoginSession SET provedAt = '2020-01-01T00:00:00.000+00:00'
       WHERE userId = (SELECT id FROM User WHERE name = ?)`,
    )
    .run(user);
  database.close();
  expect(changes).toBe(1);
}

test('a dangerous act asks for the password in place, keeps what was typed, and goes on', async ({
  app,
  adminCookie,
  newPerson,
}) => {
  const account = await addUser(app, adminCookie, 'prover', 'admin');
  const { page, cookie } = await signedIn(await newPerson(), app, account);
  await page.goto(`${app.url}/settings/users`);
  makeProofOld(app, 'prover');
  const { password } = accountOf('proved');
  await page.getByLabel('User name').fill('proved');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(password);
  await page.getByRole('button', { name: 'Add user' }).click();

  const dialog = page.getByRole('dialog', { name: 'Enter your password' });
  const answer = dialog.getByRole('textbox', { name: 'Your password' });
  await expect(answer).toBeFocused();
  await answer.fill('not this one at all');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(answer).toHaveAccessibleDescription(/This is not your password\./);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('main')).toContainText('Enter your password to do this.');
  await expect(page.getByLabel('User name')).toHaveValue('proved');
  await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toHaveValue(password);

  await page.getByRole('button', { name: 'Add user' }).click();
  await answer.fill(account.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('proved was added and can sign in.')).toBeVisible();
  await expect(dialog).toBeHidden();

  // For five minutes it is not asked again.
  await page.getByLabel('Role of proved').selectOption({ label: 'Viewer' });
  await expect(page.getByText('proved is now viewer.')).toBeVisible();

  // Above another dialog; and whoever only has the cookie is refused.
  makeProofOld(app, 'prover');
  const database = new Database(path.join(app.dataDirectory, 'layerwright.db'), { readonly: true });
  const id = database.prepare(`SELECT id FROM User WHERE name = 'proved'`).pluck().get();
  const denied = resultOf(await postAction(app, findServerAction('deleteUser'), { id }, { cookie }));
  expect(denied).toMatchObject({ ok: false, code: 'password_needed' });
  await page.getByRole('button', { name: 'More for proved' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete user' }).click();
  await answer.fill(account.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Role of proved')).toBeHidden();
  const entries = database
    .prepare(
      `SELECT command || ' ' || outcome FROM AuditEntry
       WHERE userName = 'prover' AND outcome <> 'asked' AND command <> 'account.sign-in' ORDER BY seq`,
    )
    .pluck()
    .all();
  database.close();
  expect(entries).toEqual([
    'user.add denied',
    'account.confirm-password denied',
    'user.add denied',
    'account.confirm-password done',
    'user.add done',
    'user.change-role done',
    'user.delete denied',
    'user.delete denied',
    'account.confirm-password done',
    'user.delete done',
  ]);
});
