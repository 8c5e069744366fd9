import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const app = path.join(import.meta.dirname, '../../../app');
const files = () => readdirSync(app, { recursive: true, encoding: 'utf8' }).toSorted();

const toRoute = (file: string) =>
  `/${path.dirname(file)}`.replaceAll(/\/\([^)]+\)/g, '').replace(/^\/\.$/, '') || '/';

/** Every page that requires a login, from the file system: `/images/[imageId]`. */
export const listPages = (): string[] =>
  files()
    .filter((file) => /^\(dashboard\)\/(.*\/)?page\.tsx$/.test(file))
    .map(toRoute);

/** The pages without login. */
export const listOpenPages = (): string[] =>
  files()
    .filter((file) => /(^|\/)page\.tsx$/.test(file) && !file.startsWith('(dashboard)/'))
    .map(toRoute);

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every method of every API route. */
export const listApi = (): { route: string; method: (typeof methods)[number] }[] =>
  files()
    .filter((file) => /^api\/.*route\.ts$/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(app, file), 'utf8');
      return methods
        .filter((method) => new RegExp(`export const ${method}\\b|\\bas ${method}\\b`).test(source))
        .map((method) => ({ route: toRoute(file), method }));
    });

/** The URL of a route, for a thing that need not exist. */
export const anyAddress = (route: string): string =>
  route.replaceAll(/\/\[\[\.\.\.\w+\]\]/g, '/0123456789abcdef').replaceAll(/\[[^\]]+\]/g, '0123456789abcdef');
