import { describe, expect, test } from 'vitest';
import { cleanInstruction, instructionKind, matchLayers, parseHistory } from './history';

test.each([
  ['/bin/sh -c #(nop)  CMD ["httpd"]', 'CMD ["httpd"]', 'config'],
  ['/bin/sh -c #(nop) ADD file:0f2e in / ', 'ADD file:0f2e /', 'copy'],
  ['/bin/sh -c #(nop) COPY dir:12ab in /srv/a b ', 'COPY dir:12ab /srv/a b', 'copy'],
  ['/bin/sh -c yum -y install httpd; yum clean all', 'RUN yum -y install httpd; yum clean all', 'run'],
  ['RUN /bin/sh -c echo hi # buildkit', 'RUN echo hi', 'run'],
  ['RUN |2 A=1 B=x y /bin/sh -c echo $A # buildkit', 'RUN echo $A', 'run'],
  ['|1 A=1 /bin/sh -c echo $A', 'RUN echo $A', 'run'],
  ['RUN /bin/bash -o pipefail -c a | b # buildkit', 'RUN /bin/bash -o pipefail -c a | b', 'run'],
  ['COPY mysite.tar /srv # buildkit', 'COPY mysite.tar /srv', 'copy'],
  ['EXPOSE map[443/tcp:{} 80/tcp:{}]', 'EXPOSE 443/tcp 80/tcp', 'config'],
  ['EXPOSE 80', 'EXPOSE 80', 'config'],
  ['WORKDIR /srv', 'WORKDIR /srv', 'config'],
  ['/bin/sh -c #(nop)  MAINTAINER me', 'MAINTAINER me', 'config'],
  ['RUN /bin/sh -c set -e\n a\n # b # buildkit', 'RUN set -e\n a\n # b', 'run'],
  ['sh', 'sh', 'internal'],
  ['', '', 'internal'],
])('%j reads as %j', (createdBy, instruction, kind) => {
  expect(cleanInstruction(createdBy)).toBe(instruction);
  expect(instructionKind(instruction)).toBe(kind);
});

const layer = (size: number) => ({ size, config: false });
const config = { size: 0, config: true };

test('layers go to the entries with a size, in order', () => {
  expect(matchLayers([layer(5), config, layer(7)], ['a', 'b'])).toEqual(['a', undefined, 'b']);
});

test('an entry without a size takes a layer when one is left for it', () => {
  expect(matchLayers([layer(5), layer(0), config, layer(7)], ['a', 'b', 'c'])).toEqual([
    'a',
    'b',
    undefined,
    'c',
  ]);
});

test('where two entries may have made the one layer, only what is certain is said', () => {
  expect(matchLayers([layer(5), layer(0), layer(7), layer(0)], ['a', 'b', 'c'])).toEqual([
    'a',
    undefined,
    undefined,
    undefined,
  ]);
  expect(matchLayers([layer(5), layer(0), layer(0), layer(7)], ['a', 'b', 'c'])).toEqual([
    'a',
    undefined,
    undefined,
    'c',
  ]);
});

test('counts that cannot fit give no layers at all', () => {
  expect(matchLayers([layer(5)], [])).toEqual([undefined]);
  expect(matchLayers([layer(5)], ['a', 'b'])).toEqual([undefined]);
});

test('history comes out oldest first, with its layers, without <missing>', () => {
  const id = `sha256:${'1'.repeat(64)}`;
  const raw = [
    { Id: id, Created: 3, CreatedBy: 'CMD ["a"]', Size: 0, Comment: 'buildkit.dockerfile.v0', Tags: ['x:1'] },
    {
      Id: '<missing>',
      Created: 2,
      CreatedBy: 'RUN /bin/sh -c b # buildkit',
      Size: 9,
      Comment: '',
      Tags: null,
    },
    { Id: '<missing>', Created: 1, CreatedBy: '', Size: 5, Comment: 'Imported from -', Tags: null },
  ];
  expect(parseHistory(raw, ['base', 'run'])).toEqual([
    {
      id: null,
      created: 1000,
      instruction: '',
      kind: 'base',
      size: 5,
      empty: false,
      layer: 'base',
      comment: 'Imported from -',
      tags: [],
    },
    {
      id: null,
      created: 2000,
      instruction: 'RUN b',
      kind: 'run',
      size: 9,
      empty: false,
      layer: 'run',
      comment: '',
      tags: [],
    },
    {
      id,
      created: 3000,
      instruction: 'CMD ["a"]',
      kind: 'config',
      size: 0,
      empty: true,
      layer: undefined,
      comment: 'buildkit.dockerfile.v0',
      tags: ['x:1'],
    },
  ]);
});

describe('a layer of size 0', () => {
  const entry = (CreatedBy: string, Size: number) => ({
    Id: '',
    Created: 1,
    CreatedBy,
    Size,
    Comment: '',
    Tags: null,
  });
  const raw = [entry('CMD ["a"]', 0), entry('RUN /bin/sh -c b # buildkit', 0), entry('COPY a /', 9)];
  const sizes = (layers: string[], zeroIsUnknown: boolean) =>
    parseHistory(raw, layers, { zeroIsUnknown }).map(({ size, empty }) => [size, empty]);

  test('has no files with a graph driver', () => {
    expect(sizes(['copied', 'ran'], false)).toEqual([
      [9, false],
      [0, false],
      [0, true],
    ]);
  });

  test('is one of unknown size with the containerd store, and settings are none', () => {
    expect(sizes(['copied', 'ran'], true)).toEqual([
      [9, false],
      [null, false],
      [0, true],
    ]);
    expect(sizes(['copied'], true)).toEqual([
      [9, false],
      [0, true],
      [0, true],
    ]);
  });
});
