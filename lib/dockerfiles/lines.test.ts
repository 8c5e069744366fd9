import { expect, test } from 'vitest';
import { classicLineMatcher, lineMatcher } from './lines';

const matchLine = (step: string, text: string) => lineMatcher(text)(step);

const single = `# syntax comes later
FROM base:1
MAINTAINER me
RUN a
ENV A=1
RUN a
COPY x y
WORKDIR /srv
`;

test('steps are counted as by BuildKit', () => {
  expect(matchLine('[1/5] FROM docker.io/library/base:1@sha256:0', single)).toBe(2);
  expect(matchLine('[2/5] RUN a', single)).toBe(4);
  expect(matchLine('[3/5] RUN a', single)).toBe(6);
  expect(matchLine('[4/5] COPY x y', single)).toBe(7);
  expect(matchLine('[5/5] WORKDIR /srv', single)).toBe(8);
});

test('padded numbers and platforms are read', () => {
  const many = `FROM a\n${Array.from({ length: 10 }, (_, index) => `RUN ${index}`).join('\n')}\n`;
  expect(matchLine('[ 2/11] RUN 0', many)).toBe(2);
  expect(matchLine('[linux/amd64 11/11] RUN 9', many)).toBe(11);
  expect(matchLine('[linux/amd64 base 1/5] FROM x', `FROM x AS base\n${single}`)).toBeUndefined();
});

const several = `ARG V=1
FROM base:$V AS Tools
RUN one
FROM tools
RUN two \\
  more
FROM scratch AS last
COPY --from=tools /a /b
ADD c d
`;

test('stages go by their name in lower case, or by their number', () => {
  expect(matchLine('[tools 1/2] FROM docker.io/library/base:1', several)).toBe(2);
  expect(matchLine('[tools 2/2] RUN one', several)).toBe(3);
  expect(matchLine('[last 1/2] COPY --from=tools /a /b', several)).toBe(8);
  expect(matchLine('[last 2/2] ADD c d', several)).toBe(9);
});

test('a stage on another stage, or on scratch, has no step for its FROM', () => {
  expect(matchLine('[stage-1 1/1] RUN two   more', several)).toBe(5);
});

test('if the counts differ, only a unique text is matched', () => {
  // The ONBUILD triggers of the base image are additional steps.
  expect(matchLine('[4/7] COPY x y', single)).toBe(7);
  expect(matchLine('[4/7] RUN a', single)).toBeUndefined();
});

test('other steps have no line', () => {
  for (const name of [
    '[internal] load metadata for base:1',
    'exporting to image',
    '[other 1/2] RUN a',
    '[2/5] ADD a b',
  ]) {
    expect(matchLine(name, single)).toBeUndefined();
  }
});

test('nonsense for a Dockerfile gives no lines and no exception', () => {
  for (const text of ['', 'RUN a', '\0\0', 'FROM', '<<EOF', 'FROM a\nRUN <<EOF\nx']) {
    expect(() => lineMatcher(text)('[1/2] FROM a')).not.toThrow();
  }
});

test('heredocs count once', () => {
  const text = 'FROM a\nRUN <<EOF\nRUN not this\nEOF\nRUN b\n';
  expect(matchLine('[2/3] RUN <<EOF (RUN not this)', text)).toBe(2);
  expect(matchLine('[3/3] RUN b', text)).toBe(5);
});

test('the classic builder counts every instruction', () => {
  const line = classicLineMatcher(several);
  expect(line(1, 'ARG V=1')).toBe(1);
  expect(line(2, 'FROM base:$V AS Tools')).toBe(2);
  expect(line(5, 'RUN two   more')).toBe(5);
  expect(line(5, 'COPY a b')).toBeUndefined();
  expect(line(50, 'RUN x')).toBeUndefined();
});
