/* oxlint-disable no-empty-pattern -- Playwright reads the dependencies of a fixture from the pattern. */
import type { BuildOptions } from '@/lib/projects/options/schema';
import { type Gates, openGates } from './faults-gates';
import { test as base } from './pages/test';
import { makeProject, type TestProject } from './steps-projects';

interface TestFixtures {
  /** Gates for the builds of this test. */
  gates: Gates;
  /** Creates a project of the shared app, by its action. */
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
