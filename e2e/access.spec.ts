import type { Page } from '@playwright/test';
import { accountOf, addUser, askToSignIn, signedIn, trySigningIn } from './setup/pages/accounts';
import { asBrowser, ask } from './setup/pages/raw-request';
import { alertOf } from './setup/pages/seen';
import { findServerAction, postForm, resultOf } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';
import { administrator } from './setup/sign-in';

const codeOf = (link: string) => link.slice(link.indexOf('#') + 1);

async function fillSetUp(page: Page, name: string) {
  const { password } = accountOf(name);
  await page.getByLabel('User name').fill(name);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
  await page.getByRole('textbox', { name: 'Confirm password' }).fill(password);
}

test('the set-up link makes one administrator, of two at once too, and then is gone', async ({
  startApp,
  newPerson,
  page,
  quietPages,
}) => {
  const app = await startApp({ env: { LAYERWRIGHT_HTTPS: '1' } });
  const link = app.setupLink();
  const create = { name: 'Create administrator' };

  await page.goto(`${app.url}/setup`);
  await page.getByLabel('Set-up code').fill('not-the-code-that-was-printed');
  await fillSetUp(page, 'mallory');
  await page.getByRole('button', create).click();
  await expect(alertOf(page)).toContainText('The set-up code is wrong.');

  const people = [await newPerson(), await newPerson()];
  const names = ['first', 'second'];
  for (const [index, person] of people.entries()) {
    await person.page.goto(link);
    await expect(person.page.getByLabel('Set-up code')).toHaveValue(codeOf(link));
    // Out of the address at once, and so out of the history.
    await expect(person.page).toHaveURL(`${app.url}/setup`);
    await fillSetUp(person.page, names[index] ?? '');
  }
  await Promise.all(people.map((person) => person.page.getByRole('button', create).click()));
  const inside = (person: (typeof people)[number]) => person.page.url() === `${app.url}/`;
  await expect.poll(() => people.filter(inside).length).toBe(1);
  const winner = people.findIndex(inside);
  const [one, other] = winner === 0 ? [people[0]!, people[1]!] : [people[1]!, people[0]!];
  await expect(alertOf(other.page)).toContainText(/Someone else finished the set-up just now|Not found/);
  await one.page.goto(`${app.url}/settings/users`);
  const users = one.page.getByRole('table', { name: 'Users' }).getByRole('rowheader');
  await expect(users).toHaveText([new RegExp(names[winner] ?? '')]);
  const cookies = await one.context.cookies();
  expect(cookies.map(({ name }) => name)).toEqual(['__Host-lw_session']);
  expect(cookies[0]).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict', path: '/' });

  quietPages.expectErrors(/status of 404/);
  await page.goto('about:blank'); // else only what stands behind the # would change
  const again = await page.goto(link);
  expect(again?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Page not found');
  const { password } = accountOf('third');
  const fields = { token: codeOf(link), name: 'third', password, again: password };
  const answer = resultOf(await postForm(app, findServerAction('setUp'), fields));
  expect(answer).toMatchObject({ ok: false, code: 'not_found' });
  await one.page.reload();
  await expect(users).toHaveCount(1);
});

test('a wrong password is told in plain words, the same as for a name that nobody has', async ({
  guardedApp: { app },
  page,
}) => {
  await page.goto(`${app.url}/login`);
  const words = 'The user name or password is wrong.';
  await trySigningIn(page, { name: administrator.name, password: 'ladder violet quarry monday' });
  await expect(alertOf(page)).toContainText(words);
  await expect(page.getByLabel('User name')).toHaveValue(administrator.name);
  await trySigningIn(page, { name: 'nobody-of-that-name', password: 'ladder violet quarry monday' });
  await expect(page.getByLabel('User name')).toHaveValue('nobody-of-that-name');
  await expect(alertOf(page)).toContainText(words);
  await expect(page).toHaveURL(`${app.url}/login`);
});

test('signing in leads to the page that was asked for, with a new cookie that scripts and other sites cannot use', async ({
  guardedApp: { app },
  page,
}) => {
  const planted = 'a'.repeat(43);
  await page.context().addCookies([{ name: 'lw_session', value: planted, url: app.url }]);
  await page.goto(`${app.url}/images?sort=size`);
  await expect(page).toHaveURL(/\/login\?from=%2Fimages%3Fsort%3Dsize/);
  await trySigningIn(page, administrator);
  await expect(page).toHaveURL(`${app.url}/images?sort=size`);
  const [cookie, ...others] = await page.context().cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: 'lw_session', httpOnly: true, sameSite: 'Strict', path: '/' });
  expect(cookie?.value).toMatch(/^[\w-]{43}$/);
  expect(cookie?.value).not.toBe(planted);
  expect(await page.evaluate(() => document.cookie)).toBe('');

  const { headers } = await askToSignIn(app, administrator);
  expect(headers['set-cookie']?.join()).toMatch(
    /^lw_session=[\w-]{43}; Path=\/; .*HttpOnly; SameSite=strict$/i,
  );
});

test('signing out ends the login session: the cookie of before is worth nothing', async ({
  guardedApp: { app },
  newPerson,
}) => {
  const { page, cookie } = await signedIn(await newPerson(), app, administrator);
  expect((await ask(app, '/images', { headers: { cookie } })).status).toBe(200);
  await page.getByRole('button', { name: `Account of ${administrator.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${app.url}/login?why=signed-out`);
  await expect(page.getByText('You are signed out.')).toBeVisible();
  const after = await ask(app, '/images', { headers: { cookie } });
  expect([after.status, after.headers.location]).toEqual([307, '/login?from=%2Fimages&why=expired']);
  expect((await ask(app, '/api/stream', { headers: { cookie } })).status).toBe(401);
  await page.goBack();
  await expect(page).toHaveURL(/\/login/);
});

test('a changed password ends the other login sessions and says so', async ({
  guardedApp: { app, adminCookie },
  newPerson,
}) => {
  const account = await addUser(app, adminCookie, 'petra', 'viewer');
  const here = await newPerson();
  const there = await newPerson();
  there.quietPages.expectErrors(/401.*\/api\/stream/);
  const { page, cookie: before } = await signedIn(here, app, account);
  const { page: elsewhere, cookie: other } = await signedIn(there, app, account);

  await page.goto(`${app.url}/settings/account`);
  await expect(page.getByRole('table', { name: 'Your login sessions' }).getByRole('rowheader')).toHaveCount(
    2,
  );
  const change = async (current: string, password: string, again = password) => {
    await page.getByRole('textbox', { name: 'Current password' }).fill(current);
    await page.getByRole('textbox', { name: 'New password', exact: true }).fill(password);
    await page.getByRole('textbox', { name: 'Confirm new password' }).fill(again);
    await page.getByRole('button', { name: 'Change password' }).click();
  };
  const password = 'walnut harbour sixteen lantern';
  await change('not this one at all', password);
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await change(account.password, 'short');
  await expect(page.getByText('Use at least 12 characters; this has 5.')).toBeVisible();
  await change(account.password, password, `${password}s`);
  await expect(page.getByText('The passwords do not match.')).toBeVisible();
  await change(account.password, password);
  await expect(page.getByRole('status')).toContainText([
    'Password changed. Your other login session was ended.',
  ]);
  await expect(page.getByRole('table', { name: 'Your login sessions' }).getByRole('rowheader')).toHaveCount(
    1,
  );

  for (const cookie of [before, other])
    expect((await ask(app, '/', { headers: { cookie } })).status).toBe(307);
  await elsewhere.goto(`${app.url}/builds`);
  await expect(elsewhere.getByText('Your login session has expired.')).toBeVisible();
  await trySigningIn(elsewhere, account);
  await expect(alertOf(elsewhere)).toContainText('is wrong');
  await trySigningIn(elsewhere, { ...account, password });
  await expect(elsewhere).toHaveURL(`${app.url}/builds`);
  await page.reload();
  await expect(page).toHaveURL(`${app.url}/settings/account`);
});

test('who guesses at a password must wait, its owner and the others need not, and nobody is locked out for ever', async ({
  guardedApp: { app, adminCookie },
  newPerson,
}) => {
  const account = await addUser(app, adminCookie, 'guessed', 'viewer');
  const owner = await newPerson();
  await signedIn(owner, app, account);
  await owner.context.clearCookies();

  const from = '127.0.0.9';
  const guess = (index: number) =>
    askToSignIn(
      app,
      { ...account, password: `guess number ${index}` },
      {
        from,
        // Nobody said that this address is a proxy: what it makes up about others counts for nothing.
        headers: { ...asBrowser(app), 'x-forwarded-for': `198.51.100.${index}` },
      },
    );
  for (const index of [1, 2, 3, 4, 5]) expect((await guess(index)).result?.code).toBe('unauthenticated');
  expect((await guess(6)).result).toMatchObject({
    code: 'rate_limited',
    message: expect.stringMatching(/^Too many attempts\. Try again in \d+ seconds\.$/),
  });
  expect((await askToSignIn(app, account, { from })).result?.code).toBe('rate_limited');

  const { page } = await signedIn(owner, app, account);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  expect((await askToSignIn(app, administrator, { from })).signedIn).toBe(true);
  // The wait that was named passes; to ask again meanwhile does not make it longer.
  await expect(async () => {
    expect((await askToSignIn(app, account, { from })).signedIn).toBe(true);
  }).toPass({ timeout: 30_000 });
});

test('in the browser, too, wrong passwords lead to a wait that is said', async ({
  guardedApp: { app, adminCookie },
  page,
}) => {
  const account = await addUser(app, adminCookie, 'forgetful', 'viewer');
  await page.goto(`${app.url}/login`);
  await expect(async () => {
    await trySigningIn(page, { ...account, password: 'what was it again' });
    await expect(alertOf(page)).toContainText('Too many attempts. Try again in', { timeout: 1000 });
  }).toPass();
});
