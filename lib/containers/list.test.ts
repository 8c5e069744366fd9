import { expect, test } from 'vitest';
import type { ContainerSummary } from '@/lib/engine/containers/types';
import { selectContainers } from './list';
import { originLabel } from './schema';

const container = (name: string, own: Partial<ContainerSummary> = {}): ContainerSummary => ({
  id: name.padEnd(64, '0'),
  name,
  image: 'busybox',
  imageId: 'sha256:0',
  command: 'httpd -f',
  created: 1000,
  state: 'exited',
  exitCode: 0,
  health: null,
  ports: [],
  labels: {},
  ...own,
});

const names = (list: ContainerSummary[]) => list.map(({ name }) => name);

const list = [
  container('old', { created: 1 }),
  container('new', { created: 2, labels: { [originLabel]: 'run', team: 'web' } }),
  container('up', {
    created: 0,
    state: 'running',
    ports: [{ inside: 80, outside: 8080, protocol: 'tcp', address: '' }],
  }),
];

test('what runs stands first, then the newest', () => {
  expect(names(selectContainers(list, { q: '', view: 'all' }))).toEqual(['up', 'new', 'old']);
});

test('a view leaves the others out', () => {
  expect(names(selectContainers(list, { q: '', view: 'running' }))).toEqual(['up']);
  expect(names(selectContainers(list, { q: '', view: 'stopped' }))).toEqual(['new', 'old']);
  expect(names(selectContainers(list, { q: '', view: 'ours' }))).toEqual(['new']);
});

test('all words are looked for, in names, images, commands, ports and labels', () => {
  expect(names(selectContainers(list, { q: '8080', view: 'all' }))).toEqual(['up']);
  expect(names(selectContainers(list, { q: 'team=web BUSYBOX', view: 'all' }))).toEqual(['new']);
  expect(names(selectContainers(list, { q: 'busybox httpd', view: 'all' }))).toHaveLength(3);
  expect(names(selectContainers(list, { q: 'nothing', view: 'all' }))).toEqual([]);
});
