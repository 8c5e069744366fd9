import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { floorAdvice, floors, isBelow } from './floors';

test.each([
  ['20.10.24+dfsg1', '29.5.1', true],
  ['29.5.0', '29.5.1', true],
  ['29.5.1', '29.5.1', false],
  ['29.10.0', '29.5.1', false],
  ['30', '29.5.1', false],
  ['v1.1.4', '1.1.12', true],
  ['1.2.0-rc.1', '1.1.12', false],
  ['', '29.5.1', false],
  ['unknown', '29.5.1', false],
])('%j is below %j: %j', (version, floor, below) => expect(isBelow(version, floor)).toBe(below));

const advice = (engine: object, node = '24.1.0') =>
  floorAdvice({ product: 'docker', version: '29.9.0', runc: '1.3.0', ...engine }, node).map(
    ({ key, title }) => `${key}: ${title}`,
  );

test('what runs below a floor is named once for each component, with the newest floor', () => {
  expect(advice({})).toEqual([]);
  expect(advice({ version: '20.10.24+dfsg1', runc: '1.1.4' }, '20.20.2')).toEqual([
    'version-docker: Docker Engine 20.10.24+dfsg1 is older than 29.5.1',
    'version-runc: runc 1.1.4 is older than 1.1.12',
    'version-node: Node 20.20.2 is older than 22.0.0',
  ]);
  expect(advice({ version: '29.4.0' })).toEqual([
    'version-docker: Docker Engine 29.4.0 is older than 29.5.1',
  ]);
  expect(advice({ product: 'podman', version: '4.3.1', runc: '' })).toEqual([]);
});

test('every floor is in the document, with its source', () => {
  const document = readFileSync(path.join(import.meta.dirname, '../../docs/version-floors.md'), 'utf8');
  for (const { component, fixedIn, id } of floors)
    expect(document, id).toMatch(
      new RegExp(`\\| ${component} +\\| ${fixedIn} +\\| ${id} +\\| [^|]+\\| https?://`),
    );
});
