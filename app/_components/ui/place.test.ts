import { expect, test } from 'vitest';
import { place } from './place';

const view = { width: 1000, height: 800 };
const button = { left: 400, top: 100, width: 100, height: 30 };
const size = { width: 200, height: 300 };

test('the box is beside its anchor, aligned', () => {
  const below = (align: 'start' | 'center' | 'end') =>
    place(button, size, view, { side: 'bottom', align, gap: 4 });
  expect(below('start')).toEqual({ left: 400, top: 134 });
  expect(below('center')).toEqual({ left: 350, top: 134 });
  expect(below('end')).toEqual({ left: 300, top: 134 });
  expect(place(button, { width: 50, height: 20 }, view, { side: 'right', align: 'center', gap: 5 })).toEqual({
    left: 505,
    top: 105,
  });
});

test('the box moves to the other side if only that has room', () => {
  const low = { ...button, top: 700 };
  expect(place(low, size, view, { side: 'bottom', align: 'start', gap: 4 })).toEqual({ left: 400, top: 396 });
  expect(place(button, size, view, { side: 'top', align: 'start', gap: 4 })).toEqual({ left: 400, top: 134 });
});

test('the box stays in the window', () => {
  const right = { ...button, left: 950 };
  expect(place(right, size, view, { side: 'bottom', align: 'start', gap: 4 })).toEqual({
    left: 792,
    top: 134,
  });
  const left = { ...button, left: 0 };
  expect(place(left, size, view, { side: 'bottom', align: 'end', gap: 4 })).toEqual({ left: 8, top: 134 });
  const tall = { width: 200, height: 900 };
  expect(place(button, tall, view, { side: 'bottom', align: 'start', gap: 4 })).toEqual({
    left: 400,
    top: 8,
  });
});
