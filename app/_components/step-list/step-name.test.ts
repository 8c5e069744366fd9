import { expect, test } from 'vitest';
import { parseStepName } from './step-name';

test('BuildKit’s step names are parsed', () => {
  expect(parseStepName('[2/7] RUN yum install -y httpd; yum clean all')).toEqual({
    place: '2/7',
    keyword: 'RUN',
    text: 'yum install -y httpd; yum clean all',
  });
  expect(parseStepName('[build 10/12] COPY --from=deps /app /app')).toEqual({
    stage: 'build',
    place: '10/12',
    keyword: 'COPY',
    text: '--from=deps /app /app',
  });
  expect(parseStepName('[ 2/10] RUN make')).toEqual({ place: '2/10', keyword: 'RUN', text: 'make' });
  expect(parseStepName('[linux/arm64 stage-1 1/3] FROM docker.io/library/centos:7@sha256:abc')).toEqual({
    stage: 'linux/arm64 stage-1',
    place: '1/3',
    keyword: 'FROM',
    text: 'docker.io/library/centos:7@sha256:abc',
  });
});

test('the classic builder’s step names are parsed', () => {
  expect(parseStepName('Step 3/5 : ADD mysite.tar /tmp/')).toEqual({
    place: '3/5',
    keyword: 'ADD',
    text: 'mysite.tar /tmp/',
  });
});

test('BuildKit internals have no keyword', () => {
  expect(parseStepName('[internal] load build definition from Dockerfile')).toEqual({
    text: 'load build definition from Dockerfile',
  });
  expect(parseStepName('exporting to image')).toEqual({ text: 'exporting to image' });
});

test('other names are kept', () => {
  for (const name of ['', '[', '[2/7', '[x] y', 'RUN of my own', '[auth] library/centos:pull token'])
    expect(parseStepName(name)).toEqual({ text: name });
});
