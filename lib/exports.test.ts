import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/** Exports of these are read by name: by Next, by test runners and by tools. */
const conventions =
  /^app\/(.*\/)?(page|layout|route|error|not-found|global-error|loading|template|default)\.tsx?$|^[^/]+$/;

const directories = ['app', 'bench', 'bin', 'e2e', 'lib'];
const files = [
  ...readdirSync(root),
  ...directories.flatMap((directory) =>
    readdirSync(path.join(root, directory), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${directory}/${file}`,
    ),
  ),
].filter((file) => /\.(tsx?|m?js)$/.test(file) && !/\.d\.ts$|^lib\/generated\//.test(file));
const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));

function resolve(from: string, specifier: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.') && path.join(path.dirname(from), specifier);
  return base
    ? ['', '.ts', '.tsx', '.js'].map((end) => base + end).find((file) => texts.has(file))
    : undefined;
}

/** Names in braces: the exported ones of `export { a as b }`, the original ones of `import { b as c }`. */
const namesIn = (list: string, which: 'first' | 'last'): string[] =>
  list.split(',').flatMap((part) => {
    const names = part
      .trim()
      .replace(/^type /, '')
      .split(' as ');
    return (which === 'first' ? names[0] : names.at(-1)) || [];
  });

function exportsOf(text: string): string[] {
  const declared = text.matchAll(
    /^export (?:declare )?(?:async )?(?:function\*?|const|let|class|type|interface|enum) (\w+)/gm,
  );
  const listed = text.matchAll(/^export (?:type )?\{([^}]*)\};?$/gm);
  return [...declared]
    .map((match) => match[1]!)
    .concat([...listed].flatMap((match) => namesIn(match[1]!, 'last')));
}

/** All imports as `file name`; only `file` if it is imported or re-exported as a whole. */
function imported(): Set<string> {
  const found = new Set<string>();
  for (const [file, text] of texts) {
    for (const [, clause = '', specifier = ''] of text.matchAll(
      /^(?:import|export) ([^;'"]*?)\s*from '([^']+)'/gm,
    )) {
      const target = resolve(file, specifier);
      if (target === undefined) continue;
      if (clause.includes('*')) found.add(target);
      for (const name of namesIn(/\{([^}]*)\}/.exec(clause)?.[1] ?? '', 'first'))
        found.add(`${target} ${name}`);
    }
    for (const [, specifier = ''] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) {
      const target = resolve(file, specifier);
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}

test('every export is imported somewhere', () => {
  const used = imported();
  const unused = [...texts]
    .filter(([file]) => !conventions.test(file) && !used.has(file))
    .flatMap(([file, text]) => exportsOf(text).map((name) => `${file} ${name}`))
    .filter((name) => !used.has(name));
  expect(unused).toEqual([]);
});
