import { expect, test } from 'vitest';
import { copiedFiles } from './copied-files';

test('the files that a Dockerfile copies are found, however they are written', () => {
  const text = [
    'FROM busybox',
    'COPY --chown=1:2 files/etc/a.conf /etc/a.conf',
    'copy ["files/etc/a b", "/etc/a b"]',
    'COPY \\\n  ./files/x \\\n  files/y /srv/',
    'ADD files.tar /',
    'COPY other.txt /',
    '# COPY files/not /',
    'COPY [broken',
  ].join('\n');
  expect(copiedFiles(text)).toEqual({
    files: [
      { source: 'files/etc/a.conf', path: '/etc/a.conf' },
      { source: 'files/etc/a b', path: '/etc/a b' },
      { source: 'files/x', path: '/x' },
      { source: 'files/y', path: '/y' },
    ],
    rest: true,
  });
  expect(copiedFiles('FROM busybox\n')).toEqual({ files: [], rest: false });
});
