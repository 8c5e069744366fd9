import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const app = path.join(import.meta.dirname, '../../../app');
const files = () => readdirSync(app, { recursive: true, encoding: 'utf8' }).toSorted();

const toRoute = (file: string) =>
  `/${path.dirname(file)}`.replaceAll(/\/\([^)]+\)/g, '').replace(/^\/\.$/, '') || '/';

/** Every page behind the door, as the file system has them: `/images/[imageId]`. */
export const listPages = (): string[] =>
  files()
    .filter((file) => /^\(dashboard\)\/(.*\/)?page\.tsx$/.test(file))
    .map(toRoute);

/** The pages before the door. */
export const listOpenPages = (): string[] =>
  files()
    .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.startsWith('(dashboard)/'))
    .map(toRoute);

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every method of every address of the API. */
export const listApi = (): { route: string; method: (typeof methods)[number] }[] =>
  files()
    .filter((file) => /^api\/.*route\.ts$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(app, file), 'utf8');
      return methods
        .filter((method) => new RegExp(`export const ${method}\\b|\\bas ${method}\\b`).test(source))
        .map((method) => ({ route: toRoute(file), method }));
    });

/** The address of a route, for a thing that need not exist. */
export const anyAddress = (route: string): string =>
  route.replaceAll(/\/\[\[\.\.\.\w+\]\]/g, '/0123456789abcdef').replaceAll(/\[[^\]]+\]/g, '0123456789abcdef');
