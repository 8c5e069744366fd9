import { expect, test } from 'vitest';
import { hostsOf, imageSources } from './bases';
import { readPlan } from './stages';
import type { Given } from './variables';

const sources = (text: string, given: Given = {}) =>
  imageSources(readPlan(text, { buildPlatform: 'linux/amd64', ...given }));
const references = (text: string, buildArgs: Record<string, string> = {}) =>
  sources(text, { buildArgs }).map(({ reference }) => reference);
const hosts = (text: string, buildArgs = {}) => hostsOf(readPlan(text, { buildArgs }));

test('bases are the images of FROM, with expanded arguments', () => {
  const dockerfile = [
    'ARG TAG=1.2',
    'ARG HOST',
    'FROM golang:${TAG} AS Build',
    'FROM build AS test',
    'FROM scratch',
    'FROM ${HOST:-registry.example}/run:${TAG}',
    'FROM golang:${TAG}',
  ].join('\n');
  expect(references(dockerfile)).toEqual(['golang:1.2', 'registry.example/run:1.2']);
  expect(references(dockerfile, { TAG: '2', HOST: 'other:5000' })).toEqual(['golang:2', 'other:5000/run:2']);
});

test('a stage named by an argument is not an image', () => {
  expect(references('ARG BASE=dev\nFROM golang:1 AS dev\nFROM ${BASE}\n')).toEqual(['golang:1']);
});

test('images of COPY --from and mounts are included, stages are not', () => {
  const dockerfile = [
    'FROM golang:1 AS build',
    'FROM busybox',
    'COPY --from=build /a /a',
    'COPY --from=0 /b /b',
    'COPY --from=alpine:3 /c /c',
    'RUN --mount=type=bind,from=tools:2,target=/t --mount=from=build,target=/u true',
  ].join('\n');
  expect(sources(dockerfile)).toEqual([
    { reference: 'golang:1', use: 'base', platform: null },
    { reference: 'busybox', use: 'base', platform: null },
    { reference: 'alpine:3', use: 'copied', platform: null },
    { reference: 'tools:2', use: 'copied', platform: null },
  ]);
});

test('the frontend that a syntax line names is an image too', () => {
  expect(sources('# syntax=docker/dockerfile:1\nFROM busybox\n')).toEqual([
    { reference: 'docker/dockerfile:1', use: 'frontend', platform: null },
    { reference: 'busybox', use: 'base', platform: null },
  ]);
  expect(references('FROM busybox\n# syntax=docker/dockerfile:1\n')).toEqual(['busybox']);
});

test('each has the requested platform', () => {
  const dockerfile = [
    'FROM --platform=$BUILDPLATFORM golang:1 AS build',
    'FROM run-${TARGETARCH}:1',
    'COPY --from=build /a /a',
    'COPY --from=alpine:3 /c /c',
  ].join('\n');
  expect(sources(dockerfile, { targetPlatform: 'linux/arm64' })).toEqual([
    { reference: 'golang:1', use: 'base', platform: 'linux/amd64' },
    { reference: 'run-arm64:1', use: 'base', platform: 'linux/arm64' },
    { reference: 'alpine:3', use: 'copied', platform: 'linux/arm64' },
  ]);
});

test('the registries of a Dockerfile are those of its FROM and COPY --from, with arguments put in', () => {
  const dockerfile = `ARG HOST=reg-a:5000
ARG VERSION
FROM \${HOST}/base:\${VERSION:-1} AS one
FROM one AS two
FROM scratch
FROM httpd
COPY --from=reg-c.example/tools:1 /a /b
COPY --from=one /a /b
COPY --from=0 /a /b
`;
  expect(hosts(dockerfile, {})).toEqual(['reg-a:5000', 'docker.io', 'reg-c.example']);
  expect(hosts(dockerfile, { HOST: 'reg-b' })).toEqual(['docker.io', 'reg-c.example']);
  expect(hosts(dockerfile, { HOST: 'reg-b.example' })).toEqual([
    'reg-b.example',
    'docker.io',
    'reg-c.example',
  ]);
  expect(hosts('FROM $X', {})).toEqual([]);
});
