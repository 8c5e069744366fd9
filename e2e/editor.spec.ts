import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectStatus } from './setup/steps-builds';
import { openFile, openView, toast } from './setup/steps-projects';
import { expect, test } from './setup/steps-test';

const findings = (page: Page) => page.getByRole('list', { name: 'Findings in the Dockerfile' });
const finding = (page: Page, words: string) =>
  findings(page).getByRole('listitem').filter({ hasText: words });

async function expectNoViolations(page: Page) {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${theme}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  }
}

test('a Dockerfile is written, mended by what is said about it, and built', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id, directory } = await newProject('Editor', {
    Dockerfile: 'FROM busybox\n',
    'mysite/index.html': 'hello\n',
  });
  const stored = () => readFileSync(path.join(directory, 'Dockerfile'), 'utf8');
  await page.goto(`${app.url}/projects/${id}`);
  await openView(page, 'Files');
  const editor = await openFile(page, 'Dockerfile');
  await expect(editor).toHaveText('FROM busybox');
  await expect(finding(page, '“busybox” has no tag')).toBeVisible();

  await test.step('instructions and stages are completed', async () => {
    await editor.fill('FROM busybox AS site\nCOPY mysite/ /mysite/\n\nFROM busybox\n');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('COPY --from=s');
    await page.getByRole('option', { name: 'site' }).click();
    await expect(editor).toContainText('COPY --from=site');
    await page.keyboard.type(' /mysite/ /www/\nEXPO');
    await page.getByRole('option', { name: 'EXPOSE port' }).click();
    await page.keyboard.type('80800');
    await expect(editor).toContainText('EXPOSE 80800');
  });

  await test.step('what is wrong is said while typing, and is gone with its cause', async () => {
    const port = finding(page, 'Port 80800 is out of range');
    await expect(port.getByText('Error')).toBeVisible();
    await port.getByRole('button', { name: 'Line 6' }).click();
    await expect(editor).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await expect(port).toHaveCount(0);
  });

  await test.step('a fix does what it says, and can be taken back', async () => {
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nrun true; yum install -y httpd; yum clean all');
    const hidden = finding(page, 'If this install fails, the build continues');
    await hidden.getByRole('button', { name: 'Write “&&”' }).click();
    await expect(editor).toContainText('yum install -y httpd && yum clean all');
    await expect(hidden).toHaveCount(0);
    await finding(page, 'Instructions should be written in uppercase')
      .getByRole('button', { name: 'Write RUN' })
      .click();
    await expect(editor).toContainText('RUN true;');
    await editor.focus();
    await page.keyboard.press('Control+z');
    await expect(editor).toContainText('run true;');
  });

  await test.step('a word is explained where the pointer rests', async () => {
    await editor.getByText('EXPOSE').hover();
    await expect(page.locator('.cm-tooltip-hover')).toContainText('Define the network');
    await page.mouse.move(0, 0);
  });

  await test.step('formatted and saved, both by keyboard', async () => {
    await editor.fill('from busybox\n  copy mysite/ /www/\nRUN true && \\\ntrue\nENV API_KEY=x\n');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Alt+F');
    await page.keyboard.press('Control+s');
    await expect(toast(page, /Saved/)).toBeVisible();
    await expect
      .poll(stored)
      .toBe('FROM busybox\nCOPY mysite/ /www/\nRUN true && \\\n    true\nENV API_KEY=x\n');
  });

  await test.step('Tab indents, and after Escape leaves the text', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    await expect(editor).toBeFocused();
    await expect(page.getByText('Not saved yet')).toBeVisible();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(editor).not.toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(editor).toBeFocused();
    await expect(editor).toHaveAccessibleDescription(/Press Escape, then Tab, to leave the text/);
  });

  await expectNoViolations(page);

  await test.step('the build says the same, and is stopped by none of it', async () => {
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await expectStatus(page, 'Succeeded');
    await expect(finding(page, 'API_KEY looks like a secret')).toBeVisible();
    await finding(page, 'API_KEY looks like a secret').getByRole('link', { name: 'Line 5' }).click();
    await expect(
      page.getByRole('list', { name: 'Text of Dockerfile' }).getByRole('listitem').nth(4),
    ).toBeInViewport();
    await page.getByRole('link', { name: 'Fix in the editor' }).click();
    await expect(page.getByRole('textbox', { name: 'Text of Dockerfile' })).toContainText('ENV API_KEY=x');
  });
});

test('long lines wrap on a phone, and other files have their colours too', async ({
  newProject,
  app,
  signedInPage: page,
}) => {
  const { id } = await newProject('Phone editor', {
    Dockerfile: `FROM busybox\nRUN echo ${'long '.repeat(60)}\n`,
    'start.sh': '#!/bin/sh\n# serve\nexec httpd -f\n',
  });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${app.url}/projects/${id}/files?path=Dockerfile`);
  const editor = page.getByRole('textbox', { name: 'Text of Dockerfile' });
  await expect(editor).toContainText('RUN echo long');
  // Nothing has to be looked for beyond the edge of the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const text = await editor.boundingBox();
  expect(text!.width).toBeLessThan(390);
  await page.goto(`${app.url}/projects/${id}/files?path=start.sh`);
  const script = page.getByRole('textbox', { name: 'Text of start.sh' });
  await expect(script.getByText('# serve')).toBeVisible();
  const colours = () =>
    script.evaluate(
      (element) =>
        new Set([...element.querySelectorAll('span')].map((span) => getComputedStyle(span).color)).size,
    );
  await expect.poll(colours).toBeGreaterThan(1); // the styles got past the page's policy
  await expectNoViolations(page);
});
