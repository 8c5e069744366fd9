import { expect, test } from 'vitest';
import { judgeGate } from './gate';

const closed = { network: false, profiles: false, enter: false, binds: [] };
const isolated = { networkMode: 'default' as const, extraHosts: ['db:10.0.0.5'] };

test.each([
  { ...isolated, networkMode: 'host' as const },
  { ...isolated, extraHosts: ['up:host-gateway'] },
])('%j is refused by a gate that does not let the network through', (options) => {
  expect(judgeGate(options, closed)).toMatchObject([
    { level: 'problem', detail: expect.stringMatching(/LAYERWRIGHT_GATE_ALLOW=network$/) as string },
  ]);
  expect(judgeGate(options, { ...closed, network: true })).toEqual([]);
  expect(judgeGate(options, null)).toEqual([]);
});

test('a build in the engine’s isolation passes', () => {
  expect(judgeGate(isolated, closed)).toEqual([]);
});
