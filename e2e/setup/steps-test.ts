/* oxlint-disable no-empty-pattern -- Playwright reads from the pattern which fixtures another one needs. */
import type { BuildOptions } from '@/lib/projects/schema';
import { type Gates, openGates } from './faults-gates';
import { test as base } from './pages/test';
import { makeProject, type TestProject } from './steps-projects';

interface TestFixtures {
  /** Where builds of this test wait for it. */
  gates: Gates;
  /** Makes a project of the shared app, without the page for it. */
  newProject: (
    name: string,
    files: Record<string, string>,
    options?: Partial<BuildOptions>,
  ) => Promise<TestProject>;
}

export const test = base.extend<TestFixtures>({
  gates: async ({}, provide) => {
    const gates = await openGates();
    await provide(gates);
    await gates.close();
  },

  newProject: async ({ app, adminCookie }, provide) =>
    provide((name, files, options) => makeProject(app, adminCookie, name, files, options)),
});

export { expect } from './pages/test';
