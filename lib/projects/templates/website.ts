import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Template } from './template';

const directory = () => path.join(/* turbopackIgnore: true */ process.cwd(), 'examples/website');
const names = ['Dockerfile', '.dockerignore', 'mysite.tar', 'README.md'];

export const website: Template = {
  id: 'website',
  name: 'Website from an archive',
  description: 'The example in examples/website: a web server that unpacks mysite.tar with ADD.',
  files: async () =>
    Object.fromEntries(
      await Promise.all(
        names.map(async (name): Promise<[string, Buffer]> => [
          name,
          await readFile(path.join(/* turbopackIgnore: true */ directory(), name)),
        ]),
      ),
    ),
  options: { tags: ['mysite'] },
};
