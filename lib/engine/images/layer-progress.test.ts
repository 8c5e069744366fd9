import { expect, test } from 'vitest';
import { layerEvents } from './layer-progress';
import { digestIn } from './push';

test('each layer has one bar; what says nothing about a layer is log', () => {
  const { toEvents } = layerEvents('push');
  const bar = { type: 'progress', step: 'push', id: 'aa', unit: 'bytes' };
  expect(toEvents({ status: 'The push refers to repository [h:5000/x]' })).toEqual([
    { type: 'log', step: 'push', stream: 'stdout', text: 'The push refers to repository [h:5000/x]\n' },
  ]);
  expect(toEvents({ status: 'Preparing', progressDetail: {}, id: 'aa' })).toEqual([
    { ...bar, label: 'Preparing', state: 'waiting' },
  ]);
  expect(toEvents({ status: 'Pushing', progressDetail: { current: 50, total: 100 }, id: 'aa' })).toEqual([
    { ...bar, label: 'Pushing', state: 'active', current: 50, total: 100 },
  ]);
  // 20.10 also counts the tar's headers.
  expect(toEvents({ status: 'Pushing', progressDetail: { current: 130, total: 100 }, id: 'aa' })).toEqual([
    { ...bar, label: 'Pushing', state: 'active', current: 100, total: 100 },
  ]);
  expect(toEvents({ status: 'Pushing', progressDetail: { current: 140, total: 100 }, id: 'aa' })).toEqual([]);
  expect(toEvents({ status: 'Pushed', progressDetail: {}, id: 'aa' })).toEqual([
    { ...bar, label: 'Pushed', state: 'done', current: 100, total: 100 },
  ]);
});

test('layers that need no transfer are told apart', () => {
  const { toEvents } = layerEvents('push');
  expect(toEvents({ status: 'Layer already exists', id: 'a' })).toMatchObject([{ state: 'exists' }]);
  expect(toEvents({ status: 'Mounted from other/image', id: 'b' })).toMatchObject([{ state: 'mounted' }]);
  expect(toEvents({ status: 'Retrying in 5 seconds', id: 'c' })).toMatchObject([
    { state: 'active', retrying: true },
  ]);
});

test('a pull goes through download and extraction', () => {
  const { toEvents } = layerEvents('pull');
  const states = ['Pulling fs layer', 'Downloading', 'Download complete', 'Extracting', 'Pull complete'].map(
    (status) => toEvents({ status, id: 'a', progressDetail: { current: 1, total: 2 } })[0],
  );
  expect(states.map((event) => event?.type === 'progress' && event.state)).toEqual([
    'waiting',
    'active',
    'active',
    'active',
    'done',
  ]);
  expect(toEvents({ status: 'Pulling from library/x', id: 'latest' })).toMatchObject([
    { type: 'log', text: 'latest: Pulling from library/x\n' },
  ]);
  expect(toEvents({ unknown: 1 })).toEqual([]);
});

test('the digest is found in the record of either image store', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(digestIn({ aux: { Tag: '1', Digest: digest, Size: 527 } })).toEqual({ digest, size: 527 });
  expect(digestIn({ status: `1: digest: ${digest} size: 527` })).toEqual({ digest, size: 527 });
  expect(digestIn({ status: `latest: digest: ${digest}` })).toEqual({ digest });
  expect(digestIn({ status: 'Pushed', id: 'a' })).toBeNull();
  expect(digestIn({ aux: {} })).toBeNull();
});

test('seconds of unpacking are no bytes, and what is only downloaded is done in the end', () => {
  const { toEvents, completed } = layerEvents('pull');
  toEvents({ status: 'Downloading', id: 'a', progressDetail: { current: 10, total: 100 } });
  expect(
    toEvents({ status: 'Extracting', id: 'a', progressDetail: { current: 9, units: 's' } }),
  ).toMatchObject([{ label: 'Extracting, 9 s', state: 'active', current: 100, total: 100 }]);
  toEvents({ status: 'Pull complete', id: 'a', progressDetail: { hidecounts: true } });
  toEvents({ status: 'Download complete', id: 'attestation', progressDetail: { hidecounts: true } });
  expect(completed()).toMatchObject([{ id: 'attestation', state: 'done' }]);
});
