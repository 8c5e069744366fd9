import { expect, test } from 'vitest';
import { changeLevel } from './change-level';

const changesOf = (...paths: string[]) => paths.toSorted().map((path) => ({ path }));
const shown = (paths: string[], directory = '') =>
  changeLevel(changesOf(...paths), directory).nodes.map(({ name, isDirectory, count, change }) => [
    isDirectory ? `${name}/` : name,
    count,
    change !== null,
  ]);

test('changes are counted by directory', () => {
  const paths = ['Dockerfile', 'www/a', 'www/img/b', 'www/img/c'];
  expect(shown(paths)).toEqual([
    ['Dockerfile', 1, true],
    ['www/', 3, false],
  ]);
  expect(shown(paths, 'www')).toEqual([
    ['a', 1, true],
    ['img/', 2, false],
  ]);
});

test('absolute paths keep their slash at the top, and a directory can be a change itself', () => {
  expect(shown(['/etc/hosts', '/srv', '/srv/note'])).toEqual([
    ['/etc/hosts', 1, true],
    ['/srv/', 2, true],
  ]);
  expect(shown(['/'])).toEqual([['/', 1, true]]);
});

test('a directory with only one entry is shown as one with it', () => {
  expect(shown(['a/b/c/one', 'a/b/c/two', 'x/y/only'])).toEqual([
    ['a/b/c/', 2, false],
    ['x/y/only', 1, true],
  ]);
});
