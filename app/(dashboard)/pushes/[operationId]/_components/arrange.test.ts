import { expect, it } from 'vitest';
import type { PushLayer } from '@/lib/images/schema';
import { arrange, sumUp, type Bar } from './arrange';

const layer = (id: string): PushLayer => ({ id, kind: 'run', size: 1, label: id });
const bar = (id: string, state: Bar['state'] = 'waiting', total?: number): Bar => ({
  id,
  label: state,
  state,
  total,
});
const ids = (rows: { bar: Bar }[]) => rows.map((row) => row.bar.id);

it('layers stand in the order of the image, base first', () => {
  const layers = ['base', '100000000000', 'top'].map(layer);
  expect(ids(arrange([bar('top'), bar('100000000000'), bar('base')], layers, false))).toEqual(
    ids(arrange([], layers, false)),
  );
  expect(ids(arrange([], layers, false))).toEqual(['base', '100000000000', 'top']);
});

it('ids that say nothing keep the order that the engine pushes in, turned round', () => {
  const rows = arrange([bar('c'), bar('b'), bar('a')], [], false);
  expect(ids(rows)).toEqual(['a', 'b', 'c']);
  expect(rows.every((row) => row.layer === undefined)).toBe(true);
});

it('a push that ended before it began shows no layers that wait', () => {
  expect(arrange([], [layer('base')], true)).toEqual([]);
});

it('is summed up in one line', () => {
  const bars = [
    bar('a', 'done', 1_200_000),
    bar('b', 'exists'),
    bar('c', 'exists'),
    bar('d', 'active'),
    bar('e'),
  ];
  expect(sumUp(bars, false)).toBe('5 layers: 1 sent (1.2 MB), 2 already there, 1 in progress, 1 waiting');
  expect(sumUp(bars, true)).toBe('5 layers: 1 sent (1.2 MB), 2 already there, 2 not sent');
  expect(sumUp([bar('a', 'done')], true)).toBe('1 layer: 1 sent');
});
