import type { Page } from '@playwright/test';
import { askEngine } from './setup/steps-engine';
import { commandOf, screenOf, startBench, type, waitForTerminal } from './setup/terminal';
import { expect, test } from './setup/pages/test';

const terminalOf = (page: Page) => page.getByRole('group', { name: 'Terminal' });

/** Where a word stands that is all that its row shows: the rows themselves take no clicks. */
async function placeOf(page: Page, word: string) {
  const row = screenOf(page)
    .locator('> div')
    .filter({ hasText: new RegExp(`^${word}\\s*$`) });
  const { x, y, height } = (await row.boundingBox())!;
  return { x: x + 20, y: y + height / 2 };
}

/** Lets go of a file over an element, as a drag from a file manager does. */
async function drop(page: Page, onto: ReturnType<typeof terminalOf>, name: string, content: string) {
  const dataTransfer = await page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content!], name!));
      return transfer;
    },
    [name, content],
  );
  await onto.dispatchEvent('drop', { dataTransfer });
}

test('programs draw whole screens in all colours, and hear of the mouse', async ({
  app,
  signedInPage: page,
}) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: 'dark' });
  await startBench(page, app);
  const screen = screenOf(page);

  await test.step('24 bits of colour', async () => {
    await type(page, String.raw`printf '\033[38;2;255;100;0morange\033[0m \033[7mturned\033[0m\n'` + '\n');
    await expect(screen.getByText('orange', { exact: true })).toHaveCSS('color', 'rgb(255, 100, 0)');
  });

  await test.step('less and top', async () => {
    await type(page, 'seq 1000 1999 | less\n');
    await expect(screen).toContainText('1005');
    await page.keyboard.press('PageDown');
    await expect(screen).not.toContainText('1005');
    await page.keyboard.press('Shift+G');
    await expect(screen).toContainText('1999');
    await page.keyboard.press('q');
    await type(page, 'top\n');
    await expect(screen).toContainText('Load average');
    await page.keyboard.press('q');
    await expect(commandOf(page, 'top')).toContainText('changed nothing');
  });

  await test.step('vi goes by the arrow keys and gives the screen back', async () => {
    await type(page, 'vi /list\n');
    await expect(screen).toContainText('~'); // it drops what was typed before it had the terminal
    await type(page, 'ione\ntwo');
    await page.keyboard.press('Escape');
    await expect(screen).toContainText('- /list [Modified]'); // an escape sequence would begin with the same key
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type('dd:wq\n');
    await type(page, 'cat /list\n');
    await expect(commandOf(page, 'cat /list')).toContainText('changed nothing');
    await expect(screen).not.toContainText('one');
    await expect(screen).toContainText('two');
  });

  await test.step('the mouse, while a program wants it', async () => {
    await type(page, String.raw`printf '\033[?1000h\033[?1006h'; cat -v` + '\n');
    await expect(commandOf(page, 'cat -v')).toContainText('running');
    await terminalOf(page).click({ position: { x: 60, y: 60 } });
    await page.keyboard.press('Enter');
    await expect(screen).toContainText(/\^\[\[<0;\d+;\d+M\^\[\[<0;\d+;\d+m/);
    await page.keyboard.press('Control+c');
    await type(page, String.raw`printf '\033[?1000l\033[?1006l'` + '\n');
    await expect(commandOf(page, String.raw`\033[?1000l`)).toContainText('changed nothing');
  });
});

test('text is copied and pasted, a link is asked about, and files are dropped where they are wanted', async ({
  app,
  context,
  signedInPage: page,
}) => {
  test.setTimeout(240_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await startBench(page, app);
  const screen = screenOf(page);

  await test.step('copied by Ctrl-C, which interrupts without a selection', async () => {
    await type(page, 'echo word-to-copy\n');
    await expect(commandOf(page, 'echo word-to-copy')).toContainText('changed nothing');
    const { x, y } = await placeOf(page, 'word-to-copy');
    await page.mouse.dblclick(x, y);
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('word-to-copy');
    await type(page, 'sleep 1000\n');
    await expect(commandOf(page, 'sleep 1000')).toContainText('running');
    await page.keyboard.press('Control+c');
    await expect(commandOf(page, 'sleep 1000')).toContainText('stopped by Ctrl-C');
  });

  await test.step('pasted by Ctrl-V, several lines too', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('echo first-pasted\necho second-pasted\n'));
    await page.keyboard.press('Control+v');
    await expect(commandOf(page, 'echo first-pasted')).toContainText('changed nothing');
    await expect(commandOf(page, 'echo second-pasted')).toContainText('changed nothing');
  });

  await test.step('a link', async () => {
    await type(page, 'clear\n');
    await type(page, 'echo http://127.0.0.1:9/some-page\n');
    await expect(commandOf(page, 'echo http://127.0.0.1:9')).toContainText('changed nothing');
    const { x, y } = await placeOf(page, 'http://127.0.0.1:9/some-page');
    await page.mouse.move(x, y, { steps: 3 });
    await expect(terminalOf(page).locator('.xterm-cursor-pointer')).toHaveCount(1); // the link was found under it
    await page.mouse.click(x, y);
    const dialog = page.getByRole('dialog', { name: 'Open this address?' });
    await expect(dialog).toContainText('http://127.0.0.1:9/some-page');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('a program changes neither the clipboard nor the title, and its links are of the web only', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('mine'));
    const title = await page.title();
    const links = ['javascript:void(window.slippedIn=1)', 'data:text/html,x', 'file:///etc/passwd'];
    const linked = links.map((to, at) => `\\033]8;;${to}\\033\\\\link-${at}\\033]8;;\\033\\\\\\n`).join('');
    await type(page, `clear; printf '\\033]52;c;ZXZpbA==\\007\\033]0;evil\\007${linked}'\n`);
    await expect(commandOf(page, 'clear; printf')).toContainText('changed nothing');
    for (const at of links.keys()) {
      const { x, y } = await placeOf(page, `link-${at}`);
      await page.mouse.move(x, y, { steps: 3 });
      await page.mouse.click(x, y);
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await page.evaluate(() => 'slippedIn' in window)).toBe(false);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine');
    expect(await page.title()).toBe(title);
  });

  await test.step('dropped on the terminal: where the shell is; on the tab: into the folder that is named', async () => {
    await type(page, 'mkdir -p /srv/site /srv/here; cd /srv/here\n');
    await expect(commandOf(page, 'cd /srv/here')).toContainText('paths');
    await drop(page, terminalOf(page), 'one.txt', 'dropped here');
    await expect(page.getByText('To /srv/here')).toBeVisible();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByLabel('Target folder').fill('/srv/site');
    await drop(page, page.getByText('Drop files or folders here'), 'two.html', '<h1>dropped there</h1>');
    await expect(page.getByRole('list', { name: 'Copied files' })).toContainText('/srv/site/two.html');
    await type(page, 'cat one.txt /srv/site/two.html; echo\n');
    await expect(screen).toContainText('dropped here<h1>dropped there</h1>');
  });
});

test('the terminal of a program that runs already is joined, and left again', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const name = `joined-${Date.now()}`;
  const made = await askEngine(engine.address, 'POST', `/containers/create?name=${name}`, {
    Image: 'busybox:latest',
    Cmd: ['cat', '-v'],
    Tty: true,
    OpenStdin: true,
  });
  expect(made.status, made.text).toBe(201);
  await askEngine(engine.address, 'POST', `/containers/${name}/start`);
  await page.goto(`${app.url}/containers`);
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Attach to its terminal' }).click();
  await waitForTerminal(page);
  await type(page, 'hello\n');
  await expect(screenOf(page)).toContainText(/hello\s*hello/);
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await expect(page.getByText('Terminal closed, container running')).toBeVisible();
  const { State } = (await askEngine(engine.address, 'GET', `/containers/${name}/json`)).json() as {
    State: { Running: boolean };
  };
  expect(State.Running).toBe(true);
  await askEngine(engine.address, 'DELETE', `/containers/${name}?force=1`);
});

test('a program that needs more memory than it may have is said to have run out of it', async ({
  app,
  signedInPage: page,
}) => {
  await startBench(page, app, { memory: 16 });
  await type(page, 'exec tail /dev/zero\n');
  await expect(page.getByText('Ended: out of memory (exit code 137)')).toBeVisible();
  await expect(commandOf(page, 'exec tail /dev/zero')).toContainText('exit code 137');
});
