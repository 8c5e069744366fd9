import { expect, test } from 'vitest';
import { canonical, namedDigest } from './base-digests';
import { baseReferences } from './bases';

test('bases are the images that stages stand on, with their arguments filled in', () => {
  const dockerfile = [
    'ARG TAG=1.2',
    'ARG HOST',
    'FROM golang:${TAG} AS Build',
    'FROM build AS test',
    'FROM scratch',
    'FROM ${HOST:-registry.example}/run:${TAG}',
    'FROM golang:${TAG}',
  ].join('\n');
  expect(baseReferences(dockerfile, {})).toEqual(['golang:1.2', 'registry.example/run:1.2']);
  expect(baseReferences(dockerfile, { TAG: '2', HOST: 'other:5000' })).toEqual([
    'golang:2',
    'other:5000/run:2',
  ]);
});

test('a step names its base with the digest where the builder asked a registry', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(namedDigest(`[web 1/3] FROM docker.io/library/busybox:latest@${digest}`)).toEqual({
    image: canonical('busybox'),
    digest,
  });
  expect(namedDigest('[1/3] FROM docker.io/library/busybox:latest')).toBeNull();
});
