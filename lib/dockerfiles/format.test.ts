import { expect, test } from 'vitest';
import { formatDockerfile } from './format';
import { isDockerfile } from './is-dockerfile';
import { lineKinds } from './kinds';

test('instructions go to the margin, in capitals, and their further lines are set in', () => {
  expect(formatDockerfile('from a:1\n  run x && \\\ny\n\tenv A=1\n\n\n')).toBe(
    'FROM a:1\nRUN x && \\\n    y\nENV A=1\n',
  );
});

test('lines that are set in keep their shape, and here-documents are left alone', () => {
  const text = 'FROM a:1\nRUN for f in *; do \\\n      x; \\\n  done\nRUN <<EOF\nif x\n  then y\nEOF\n';
  expect(formatDockerfile(text)).toBe(text);
});

test('formatted and empty texts are unchanged', () => {
  expect(formatDockerfile('')).toBe('');
  expect(formatDockerfile('# only a comment\n')).toBe('# only a comment\n');
});

test('each line has the kind of its instruction', () => {
  const kinds = lineKinds('FROM a:1\n\nRUN x \\\n  y\nADD a /b\nCMD x\n');
  expect([...kinds]).toEqual([
    [1, 'base'],
    [3, 'run'],
    [4, 'run'],
    [5, 'copy'],
    [6, 'config'],
  ]);
});

test.each(['Dockerfile', 'a/Dockerfile.web', 'web.Dockerfile', 'Containerfile', 'dockerfile'])(
  '%s is one',
  (name) => {
    expect(isDockerfile(name)).toBe(true);
  },
);
test.each(['Dockerfile.dockerignore', 'Dockerfiles', 'README.md', 'docker-compose.yml'])(
  '%s is none',
  (name) => {
    expect(isDockerfile(name)).toBe(false);
  },
);
