import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import type { BuildOptions } from '@/lib/projects/options/schema';
import { call } from './pages/server-actions';

export interface TestProject {
  id: string;
  name: string;
  /** The directory of its files on the server. */
  directory: string;
  /** Writes a file directly on the server. */
  write: (file: string, content: string) => void;
}

/** Creates a project by its action. */
export async function makeProject(
  app: App,
  cookie: string,
  name: string,
  files: Record<string, string>,
  options: Partial<BuildOptions> = {},
): Promise<TestProject> {
  const { id } = await call<{ id: string }>(app, cookie, 'createFromTemplate', { template: 'blank', name });
  const projects = path.join(app.dataDirectory, 'projects');
  const folder = readdirSync(projects).find((entry) => entry.endsWith(id.slice(-6)));
  if (!folder) throw new Error(`There is no directory of the project ${name}.`);
  const directory = path.join(projects, folder);
  const write = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  if (Object.keys(options).length > 0) await call(app, cookie, 'saveOptions', { id, options });
  return { id, name, directory, write };
}

/** Starts a build by its action; returns its id. */
export async function startBuild(
  app: App,
  cookie: string,
  projectId: string,
  options?: Partial<BuildOptions>,
): Promise<string> {
  return (await call<{ id: string }>(app, cookie, 'startBuild', { projectId, options })).id;
}

/** Selects a folder as in the browser's file dialog. */
export const chooseFolder = (page: Page, directory: string): Promise<void> =>
  page.locator('input[type=file][webkitdirectory]').setInputFiles(directory);

interface ChosenFile {
  name: string;
  content: Buffer;
}

export const chooseFile = (page: Page, { name, content }: ChosenFile): Promise<void> =>
  page
    .locator('input[type=file]:not([webkitdirectory])')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });

/** From the selection to the page of the created project. */
export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the project').fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 60_000 });
}

/** Opens a tab of a project: Files, Options, Secrets, Builds. */
export const openView = (page: Page, view: string): Promise<void> =>
  page
    .getByRole('navigation', { name: /^Views of/ })
    .getByRole('link', { name: view, exact: true })
    .click();

/** Strings match case-insensitively: "Unsaved" contains "Saved", /Saved/ does not match it. */
export const toast = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).first();

/** A file or directory in the shown list. */
export const fileLink = (page: Page, name: string) =>
  page.getByRole('table', { name: /^Files in/ }).getByRole('link', { name, exact: true });

/** Opens a file of the shown directory; returns the editor's text field. */
export async function openFile(page: Page, file: string): Promise<Locator> {
  await fileLink(page, path.basename(file)).click();
  const editor = page.getByRole('textbox', { name: `Text of ${file}` });
  await expect(editor).toBeVisible();
  return editor;
}

/** The text of an editor, if all of its lines are rendered. */
export const editorText = async (editor: Locator): Promise<string> =>
  (await editor.locator('.cm-line').allTextContents()).join('\n');
