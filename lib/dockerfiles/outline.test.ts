import { expect, test } from 'vitest';
import { outlineDockerfile } from './outline';

const text = `# syntax=docker/dockerfile:1
ARG VERSION=3.20
ARG UNUSED
FROM alpine:\${VERSION} AS base
ARG TOKEN
RUN echo "$TOKEN" \\
  && true

FROM --platform=$BUILDPLATFORM golang:1.25 as build
ARG A="one two" B='x'
COPY --from=base /a /b
RUN <<EOF
echo ARG NOT_ONE
EOF

FROM build
EXPOSE 8080 9090/udp 8080
ENTRYPOINT ["/app"]
`;

test('stages, arguments, ports and instructions are found with their lines', () => {
  const outline = outlineDockerfile(text);
  expect(outline.stages).toEqual([
    { name: 'base', index: 0, line: 4, base: 'alpine:${VERSION}' },
    { name: 'build', index: 1, line: 9, base: 'golang:1.25' },
    { name: null, index: 2, line: 16, base: 'build' },
  ]);
  expect(outline.args).toEqual([
    { name: 'VERSION', default: '3.20', line: 2, stage: null, usedInFrom: true },
    { name: 'UNUSED', default: null, line: 3, stage: null, usedInFrom: false },
    { name: 'TOKEN', default: null, line: 5, stage: 0, usedInFrom: false },
    { name: 'A', default: 'one two', line: 10, stage: 1, usedInFrom: false },
    { name: 'B', default: 'x', line: 10, stage: 1, usedInFrom: false },
  ]);
  expect(outline.ports).toEqual(['8080', '9090/udp']);
  expect(outline.instructions.find(({ keyword }) => keyword === 'RUN')).toEqual({
    keyword: 'RUN',
    text: 'echo "$TOKEN" && true',
    line: 6,
    endLine: 7,
  });
});

test.each([
  '',
  'FROM',
  'ARG',
  'ARG =',
  'FROM \\',
  'RUN <<EOF\nnever ends',
  '\u0000',
  'not a dockerfile at all',
  'FROM a AS',
  '# only a comment',
])('incomplete and invalid files are handled: %j', (half) => {
  const outline = outlineDockerfile(half);
  expect(outline.args).toEqual([]);
  expect(outline.ports).toEqual([]);
});
