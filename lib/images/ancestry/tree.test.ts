import { expect, it } from 'vitest';
import { roomOf, sharesOf } from './shares';
import { carriedBy, countAbove, type Ground, growTree, type Member, pathTo } from './tree';

/** An image of these layers, 10 bytes each unless said; `history` has its instructions that made no layer, too. */
const image = (id: string, layers: string, history = layers, created = 0): Member => ({
  id,
  chain: layers.split('').map((_layer, index) => layers.slice(0, index + 1)),
  sizes: layers.split('').map((layer) => (layer === 'L' ? 100 : 10)),
  lineage: history.split('').map((_entry, index) => history.slice(0, index + 1)),
  created,
  named: true,
});

/** The tree as text: an image by its id, ground without one as its layers. */
const draw = (grounds: readonly Ground[], indent = ''): string[] =>
  grounds.flatMap(({ image: id, layers, size, children }) => [
    `${indent}${id ?? '·'} +${layers.length} (${size})`,
    ...draw(children, `${indent}  `),
  ]);

it('an image stands on the one whose layers it goes on from', () => {
  const tree = growTree([
    image('app', 'bcdL'),
    image('base', 'b'),
    image('tools', 'bcd'),
    image('other', 'x'),
  ]);
  expect(draw(tree)).toEqual(['base +1 (10)', '  tools +2 (20)', '    app +1 (100)', 'other +1 (10)']);
});

it('ground that several images share, but none ends with, is drawn as such', () => {
  const tree = growTree([image('one', 'abc'), image('two', 'abd'), image('three', 'abde')]);
  expect(draw(tree)).toEqual(['· +2 (20)', '  two +1 (10)', '    three +1 (10)', '  one +1 (10)']);
  expect(carriedBy(tree[0]!).map((ground) => ground.image)).toEqual(['two', 'one']);
  expect(countAbove(tree[0]!)).toBe(3);
});

it('a child that only changes settings stands on its parent, and carries what was built on it', () => {
  const tree = growTree([
    image('settings', 'b', 'b1'),
    image('more', 'b', 'b12'),
    image('base', 'b', 'b'),
    image('onBase', 'bc', 'bc'),
    image('onSettings', 'bd', 'b1d'),
  ]);
  expect(draw(tree)).toEqual([
    'base +1 (10)',
    '  settings +0 (0)',
    '    onSettings +1 (10)',
    '    more +0 (0)',
    '  onBase +1 (10)',
  ]);
});

it('images with the same layers and unrelated histories stand beside each other on the older one', () => {
  const tree = growTree([image('later', 'b', '9', 2), image('earlier', 'b', '8', 1)]);
  expect(draw(tree)).toEqual(['earlier +1 (10)', '  later +0 (0)']);
  const nameless = { ...image('earlier', 'b', '8', 1), named: false };
  expect(draw(growTree([nameless, image('later', 'b', '9', 2)]))).toEqual([
    'later +1 (10)',
    '  earlier +0 (0)',
  ]);
});

it('an image without any layer stands by itself', () => {
  expect(draw(growTree([image('empty', ''), image('base', 'b')]))).toEqual(['base +1 (10)', 'empty +0 (0)']);
});

it('the way down to the bottom is known', () => {
  const tree = growTree([image('app', 'abcd'), image('base', 'ab'), image('sibling', 'abx')]);
  expect(pathTo('app', tree)?.map((ground) => ground.image)).toEqual(['base', 'app']);
  expect(pathTo('app', tree)?.at(-1)).toMatchObject({ depth: 4, height: 40 });
  expect(pathTo('gone', tree)).toBeNull();
});

it('a thousand images of twenty layers grow quickly enough for every request', () => {
  const letters = 'abcdefghijklmnopqrst';
  const many = Array.from({ length: 1000 }, (_, n) => {
    const member = image(`i${n}`, letters);
    return {
      ...member,
      chain: member.chain.map((key, depth) => (depth < 5 ? key : `${key}-${n % (depth * 40)}`)),
    };
  });
  const tree = growTree(many);
  expect(countAbove(tree[0]!) + (tree[0]!.image ? 1 : 0)).toBe(1000);
});

it('bytes that are shared count once; own ones are those that go with the image alone', () => {
  const images = [image('base', 'b'), image('one', 'bcL'), image('two', 'bcd')];
  const { total, own } = sharesOf(images);
  expect(total).toBe(10 + 10 + 100 + 10);
  expect([...own]).toEqual([
    ['base', 0],
    ['one', 100],
    ['two', 10],
  ]);
});

it('the room that a removal wins is what no image that stays has', () => {
  const images = [image('base', 'b'), image('one', 'bcL'), image('two', 'bcd')];
  const room = (...ids: string[]) => roomOf(new Set(ids), images);
  expect(room('one').bytes).toBe(100);
  expect(room('one', 'two').bytes).toBe(10 + 100 + 10);
  expect(room('base').bytes).toBe(0);
  expect(room('base', 'one', 'two')).toEqual({ bytes: 130, isLeast: false });
  expect(room().bytes).toBe(0);
});

it('an unknown size is unknown for the images that have it, and for no other', () => {
  const foreign = { ...image('foreign', 'bx'), sizes: [10, null] };
  const images = [image('base', 'b'), image('one', 'bc'), foreign];
  const { total, unknown, own } = sharesOf(images);
  expect({ total, unknown }).toEqual({ total: 20, unknown: 1 });
  expect([...own]).toEqual([
    ['base', 0],
    ['one', 10],
  ]);
  expect(roomOf(new Set(['foreign']), images)).toEqual({ bytes: 0, isLeast: true });
  expect(roomOf(new Set(['one']), images)).toEqual({ bytes: 10, isLeast: false });
});
