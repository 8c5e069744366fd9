import { expect, test } from 'vitest';
import { parseAllowed } from '@/bin/gate/allowed.js';
import { gateObjection, gateWords, type GateWord } from './choices';
import type { GateAllows } from './types';

const gateOf = (setting: string): GateAllows => {
  const { binds, ...rest } = parseAllowed(setting);
  return { ...rest, binds: [...binds] };
};

test('without a gate, or where it lets something through, nothing is said', () => {
  expect(gateObjection(null, 'network')).toBeUndefined();
  expect(gateObjection(gateOf('network'), 'network')).toBeUndefined();
  expect(gateObjection(gateOf('bind:/srv'), 'bind:/srv')).toBeUndefined();
});

test.each<[string, GateWord]>([
  ['', 'network'],
  ['', 'bind:/srv/data'],
  ['enter,bind:/srv/a', 'profiles'],
  ['network,profiles,bind:/srv/a', 'bind:/srv/b'],
])('of %j and %s it names the setting that lets it through', (before, word) => {
  const setting = gateObjection(gateOf(before), word)!.split('LAYERWRIGHT_GATE_ALLOW=')[1]!;
  const after = gateOf(setting);
  expect(gateObjection(after, word)).toBeUndefined();
  expect(gateWords(after)).toEqual(expect.arrayContaining(gateWords(gateOf(before))));
});

test.each([
  ['/srv/', 'exact folders'],
  ['/srv/../etc', 'exact folders'],
  ['/', 'exact folders'],
  ['/srv/a/b', 'lets /srv/a through'],
  ['/srv', 'lets /srv/a through'],
])('of %s no setting is named that the gate would not take', (folder, message) => {
  const objection = gateObjection(gateOf('bind:/srv/a'), `bind:${folder}`);
  expect(objection).toContain(message);
  expect(objection).not.toContain('LAYERWRIGHT_GATE_ALLOW');
});
