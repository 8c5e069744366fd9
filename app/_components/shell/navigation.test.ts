import { expect, test } from 'vitest';
import { apartDestinations, isCurrent, mainDestinations, moreDestinations } from './navigation';

const currentOn = (path: string) =>
  [...mainDestinations, ...apartDestinations].filter((one) => isCurrent(one, path)).map((one) => one.label);

test('a page belongs to one destination, and so does what is below it', () => {
  expect(currentOn('/')).toEqual(['Overview']);
  expect(currentOn('/builds')).toEqual(['Builds']);
  expect(currentOn('/builds/0abc/compare')).toEqual(['Builds']);
  expect(currentOn('/pushes/0abc')).toEqual(['Images']);
  expect(currentOn('/buildsomething')).toEqual([]);
});

test('a phone reaches every destination', () => {
  expect([...mainDestinations.slice(0, 4), ...moreDestinations]).toEqual([
    ...mainDestinations,
    ...apartDestinations,
  ]);
});
