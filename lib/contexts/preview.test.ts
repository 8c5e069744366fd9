import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openContext } from './context';
import { previewContext } from './preview';
import { packDirectory } from './tar';
import { walkContext } from './walk';

let root: string;

function put(file: string, content: string | number = '') {
  const place = path.join(root, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, typeof content === 'number' ? Buffer.alloc(content) : content);
}

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'layerwright-context-'));
});

afterEach(() => rmSync(root, { recursive: true }));

const contextOf = (dockerfile = 'Dockerfile') => openContext({ directory: root, dockerfile, sharedKey: '' });
const preview = async (dockerfile?: string) => previewContext(await contextOf(dockerfile));

async function sent(dockerfile?: string) {
  const context = await contextOf(dockerfile);
  const found: string[] = [];
  for await (const entries of walkContext(context.root, { ignore: context.ignore.rules }))
    for (const entry of entries) found.push(entry.type === 'directory' ? `${entry.path}/` : entry.path);
  return found;
}

test('everything is sent when nothing is ignored, links as links', async () => {
  put('Dockerfile');
  put('src/a.ts');
  mkdirSync(path.join(root, 'empty'));
  symlinkSync('/etc', path.join(root, 'etc'));
  expect(await sent()).toEqual(['Dockerfile', 'empty/', 'etc', 'src/', 'src/a.ts']);
});

test('an excluded directory is sent only for included entries', async () => {
  put('.dockerignore', '*\n!src/**/*.ts\n!Dockerfile\n');
  put('Dockerfile');
  put('src/lib/a.ts');
  put('src/docs/a.md');
  put('node_modules/x/index.js');
  expect(await sent()).toEqual(['Dockerfile', 'src/', 'src/lib/', 'src/lib/a.ts']);
});

test('a Dockerfile’s own ignore file takes precedence', async () => {
  put('.dockerignore', '*.md\n');
  put('docker/web.Dockerfile.dockerignore', '*.txt\n');
  put('docker/web.Dockerfile');
  put('a.md');
  put('a.txt');
  expect(await sent('docker/web.Dockerfile')).not.toContain('a.txt');
  expect(await sent('docker/web.Dockerfile')).toContain('a.md');
  expect((await contextOf('docker/web.Dockerfile')).ignore.source).toBe('docker/web.Dockerfile.dockerignore');
  expect((await contextOf()).ignore.source).toBe('.dockerignore');
});

test('a rule that Docker refuses is named with its line', async () => {
  put('.dockerignore', 'ok\n[z-a]\n');
  await expect(sent()).rejects.toThrow(/Line 2 of \.dockerignore: “\[z-a\]” is not a valid pattern/);
});

test('an ignore file that is a link is refused', async () => {
  symlinkSync('/etc/passwd', path.join(root, '.dockerignore'));
  await expect(sent()).rejects.toThrow(/“\.dockerignore” is a symbolic link/);
});

test('the preview counts sent and excluded files, and lists the largest', async () => {
  put('Dockerfile', 'FROM a\n');
  put('.dockerignore', 'node_modules\n');
  put('node_modules/x/index.js', 1000);
  put('node_modules/y.js', 500);
  for (let n = 1; n <= 25; n++) put(`data/${n}.bin`, n);
  const found = await preview();
  expect(found).toMatchObject({
    files: 27,
    bytes: 325 + 7 + 13,
    ignored: { files: 2, bytes: 1500, more: false },
    ignoreFile: '.dockerignore',
    dockerfileProblem: null,
    warnings: [],
  });
  expect(found.largest).toHaveLength(20);
  expect(found.largest[0]).toEqual({ path: 'data/25.bin', size: 25 });
});

test('the preview says when the Dockerfile is missing or cannot be used, as the build will', async () => {
  put('readme', 'x');
  expect((await preview()).dockerfileProblem).toBe('Dockerfile is not in the build context.');
  symlinkSync('/etc/passwd', path.join(root, 'Linked'));
  expect((await preview('Linked')).dockerfileProblem).toBe(
    'Linked is a link that points outside the build context.',
  );
  mkdirSync(path.join(root, 'dir'));
  expect((await preview('dir')).dockerfileProblem).toBe('dir is not a readable file.');
});

test('a Dockerfile that is a link to another file of the context is one', async () => {
  put('docker/base.Dockerfile', 'FROM a\n');
  symlinkSync('docker/base.Dockerfile', path.join(root, 'Dockerfile'));
  expect((await preview()).dockerfileProblem).toBeNull();
});

test('the preview warns about keys and Git history in the context', async () => {
  for (const file of [
    '.git/config',
    'deploy/id_rsa',
    'tls/server.key',
    '.env',
    '.env.example',
    '.aws/credentials',
    'id_rsa.pub',
  ])
    put(file);
  const { warnings } = await preview('Dockerfile');
  expect(warnings.map((warning) => warning.path).toSorted()).toEqual(
    ['.aws/credentials', '.env', '.git', 'deploy/id_rsa', 'tls/server.key'].toSorted(),
  );
});

test('a project is packed completely, links as links', async () => {
  put('Dockerfile', 'FROM a\n');
  put('empty');
  put('large.bin', 3_000_000);
  mkdirSync(path.join(root, 'dir'));
  symlinkSync('/etc/passwd', path.join(root, 'link'));
  const archive = path.join(root, '..', `${path.basename(root)}.tar`);
  await pipeline(await packDirectory(root), createWriteStream(archive));
  const listed = execFileSync('tar', ['-tvf', archive], { encoding: 'utf8' });
  rmSync(archive);
  expect(
    listed
      .split('\n')
      .map((line) => line.replace(/^(\S+) \S+ +(\d+) \S+ \S+ /, '$1 $2 '))
      .filter(Boolean),
  ).toEqual([
    '-rw-r--r-- 7 Dockerfile',
    'drwxr-xr-x 0 dir',
    '-rw-r--r-- 0 empty',
    '-rw-r--r-- 3000000 large.bin',
    'lrwxrwxrwx 0 link -> /etc/passwd',
  ]);
});
