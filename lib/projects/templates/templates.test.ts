import { expect, test } from 'vitest';
import { checkDockerfile } from '@/lib/dockerfiles/check';
import { buildOptions } from '@/lib/projects/options/schema';
import { projectName } from '@/lib/projects/schema';
import { projectPath } from '@/lib/projects/rules';
import { getTemplate, templates } from './list';

test('every template has a unique name and id, and can be requested', () => {
  expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length);
  for (const template of templates) {
    expect(getTemplate(template.id)).toBe(template);
    expect(projectName.safeParse(template.id).success).toBe(true); // the default name of the project
    expect(buildOptions.safeParse(template.options ?? {}).success).toBe(true);
  }
});

test.each(templates.map((template) => [template.id, template] as const))(
  '%s: files in order, and a Dockerfile that nothing is said against',
  async (_, template) => {
    const files = await template.files();
    for (const [path, content] of Object.entries(files)) {
      expect(projectPath.safeParse(path).error?.issues).toBeUndefined();
      expect(content.length).toBeGreaterThan(0);
    }
    expect(files['.dockerignore']).toBeDefined();
    const findings = checkDockerfile(String(files.Dockerfile));
    // The private engine has one base image, without a version.
    const said = findings.filter(({ rule, severity }) => !(rule === 'latest-base' && severity === 'note'));
    expect(said.map(({ message }) => message)).toEqual(
      template.id === 'website' ? ['MAINTAINER has been deprecated.'] : [],
    );
  },
);
