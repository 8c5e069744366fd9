import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { cancelOperation } from '@/lib/operations/cancel';
import { follow } from '@/lib/operations/follow';
import { setLimit } from '@/lib/operations/runner';
import { projectDirectory } from '@/lib/projects/files';
import { getProject, listProjects } from '@/lib/projects/store';
import { stagingDirectory } from '@/lib/uploads/directories';
import {
  connectSource,
  disconnectSource,
  fetchOperation,
  startGitProject,
  startRefresh,
} from './fetch-operation';
import { connectedGitSource, type GitLogin, gitSettings, newGitProject } from './schema';
import { changeSource, findProjectSource, openLogin, writeGitSettings } from './store';
import { type GitServer, startGitServer } from './test-server';

const { db, directory: data } = await useTestDatabase();
const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;
const secret = 'ghp_notforanybodyelse';
const login: GitLogin = { kind: 'password', username: 'ada', password: secret };

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer(secret);
});
afterAll(() => server.close());
beforeEach(() => writeGitSettings(gitSettings.parse({ privateAddresses: true })));

let names = 0;
const source = (more: object = {}) =>
  newGitProject.parse({ url: `${server.url}site.git`, name: `Site ${++names}`, login, ...more });

async function ended(id: string) {
  const warnings: string[] = [];
  for await (const batch of follow(id, 0, never))
    for (const event of batch) if (event.type === 'warning') warnings.push(event.short);
  const { operation, ...values } = await fetchOperation.get(id);
  return { ...operation, ...values, warnings };
}

async function fetchNew(more: object = {}) {
  const operation = await ended(await startGitProject(defaultEngine(), source(more), user));
  expect(operation.errorMessage).toBeNull();
  const result = operation.result!;
  const project = await getProject(result.projectId);
  const directory = projectDirectory(project);
  const read = (file: string) => readFileSync(path.join(directory, file), 'utf8');
  return { ...operation, result, project, directory, read };
}

const staged = () => (existsSync(stagingDirectory()) ? readdirSync(stagingDirectory()) : []);
const site = { Dockerfile: 'FROM busybox\n', 'www/index.html': 'one\n', 'www/run.sh': '#!/bin/sh\n' };

test('a repository becomes a project, signed in, and its secret is nowhere but sealed', async () => {
  const commit = server.commit(site);
  const { project, result, read, id } = await fetchNew();
  expect(result).toMatchObject({ commit, files: 3, warnings: 0 });
  expect(read('www/index.html')).toBe('one\n');
  expect(existsSync(path.join(projectDirectory(project), '.git'))).toBe(false);
  expect(await findProjectSource(project.id)).toMatchObject({
    commit,
    url: `${server.url}site.git`,
    login: 'password',
  });
  expect(server.asked.some((line) => line.startsWith('ada '))).toBe(true);
  expect(staged()).toEqual([]);
  const rows = JSON.stringify([
    await db.operation.findMany(),
    await db.projectSource.findMany(),
    (await db.eventChunk.findMany({ where: { operationId: id } })).length,
  ]);
  const basic = Buffer.from(`ada:${secret}`).toString('base64');
  expect(rows.includes(secret) || rows.includes(basic)).toBe(false);
  for (const file of readdirSync(data))
    if (file.endsWith('.db')) expect(readFileSync(path.join(data, file)).includes(secret)).toBe(false);
});

test('a branch, a tag and a folder are what is fetched', async () => {
  server.commit({ 'docs/readme': 'main\n' });
  const commit = server.commit(
    { 'app/Dockerfile': 'FROM busybox\n', 'app/x/y': 'branch\n', other: '' },
    'feature/new',
  );
  const branch = await fetchNew({ ref: 'feature/new', folder: 'app' });
  expect(readdirSync(branch.directory).toSorted()).toEqual(['Dockerfile', 'x']);
  expect(branch.read('x/y')).toBe('branch\n');
  server.git('tag', '-f', 'v1', commit);
  server.git(
    'push',
    '-q',
    '-f',
    path.join(path.dirname(server.git('rev-parse', '--show-toplevel')), 'site.git'),
    'v1',
  );
  expect((await fetchNew({ ref: 'v1' })).result.commit).toBe(commit);
  const none = await ended(await startGitProject(defaultEngine(), source({ ref: 'nothing' }), user));
  expect(none).toMatchObject({
    status: 'failed',
    errorMessage: 'The repository has no branch or tag “nothing”.',
  });
  const noFolder = await ended(await startGitProject(defaultEngine(), source({ folder: 'nowhere' }), user));
  expect(noFolder.errorMessage).toContain('This branch has no folder “nowhere”');
});

test('refreshed, the files are those of the repository; a failed refresh keeps the old ones', async () => {
  server.commit(site);
  const { project, read, directory } = await fetchNew();
  writeFileSync(path.join(directory, 'local'), 'made here');
  const commit = server.commit({ ...site, 'www/index.html': 'two\n' });
  expect((await ended(await startRefresh(defaultEngine(), project.id, user))).status).toBe('succeeded');
  expect(read('www/index.html')).toBe('two\n');
  expect(existsSync(path.join(directory, 'local'))).toBe(false);
  expect(await findProjectSource(project.id)).toMatchObject({ commit });

  server.commit({ ...site, 'www/index.html': 'three\n', leak: { link: '/etc/passwd' } });
  const refused = await ended(await startRefresh(defaultEngine(), project.id, user));
  expect(refused).toMatchObject({ status: 'failed', errorCode: 'invalid_input' });
  expect(refused.errorMessage).toContain('“leak” is a link to an absolute path');
  expect(read('www/index.html')).toBe('two\n');
  expect(await findProjectSource(project.id)).toMatchObject({ commit });
  expect(staged()).toEqual([]);
});

test('links inside stay, links out are refused, and no attribute of the repository changes a file', async () => {
  server.commit({
    'a/file': 'x\n',
    'a/link': { link: 'file' },
    '.gitattributes':
      'hidden export-ignore\nsubst export-subst\n* text eol=crlf\n*.big filter=lfs diff=lfs\n',
    hidden: 'here\n',
    subst: '$Format:%H$\n',
  });
  const { directory, read, warnings } = await fetchNew();
  expect(lstatSync(path.join(directory, 'a/link')).isSymbolicLink()).toBe(true);
  expect([read('hidden'), read('subst')]).toEqual(['here\n', '$Format:%H$\n']);
  expect(warnings).toEqual([expect.stringContaining('Git LFS')]);
  server.commit({ 'a/link': { link: '../../out' } });
  const refused = await ended(await startGitProject(defaultEngine(), source(), user));
  expect(refused.errorMessage).toContain('points outside the archive');
});

test('a submodule is said, and stays an empty directory', async () => {
  const other = server.commit({ x: '' });
  server.git('rm', '-rq', '.');
  writeFileSync(
    path.join(server.git('rev-parse', '--show-toplevel'), '.gitmodules'),
    '[submodule "sub"]\n\tpath = sub\n\turl = file:///etc\n',
  );
  server.git('add', '.gitmodules');
  server.git('update-index', '--add', '--cacheinfo', `160000,${other},sub`);
  server.git('commit', '-q', '-m', 'With a submodule');
  server.git(
    'push',
    '-q',
    '-f',
    path.join(path.dirname(server.git('rev-parse', '--show-toplevel')), 'site.git'),
    'HEAD:main',
  );
  const { directory, warnings } = await fetchNew();
  expect(warnings).toEqual([expect.stringContaining('“sub” is a submodule')]);
  expect(readdirSync(path.join(directory, 'sub'))).toEqual([]);
});

test('a wrong login is said as one, makes no project and is not kept', async () => {
  const wrong = { kind: 'password', username: 'ada', password: 'wrong' };
  const before = await listProjects();
  const failed = await ended(await startGitProject(defaultEngine(), source({ login: wrong }), user));
  expect(failed).toMatchObject({ status: 'failed' });
  expect(failed.errorMessage).toContain('refused the login');
  expect(failed.errorMessage).not.toContain('wrong');
  expect(await listProjects()).toEqual(before);
  expect(await db.projectSource.count({ where: { projectId: null } })).toBe(0);
  const missing = await ended(
    await startGitProject(defaultEngine(), source({ url: `${server.url}other.git` }), user),
  );
  expect(missing.errorMessage).toContain('Repository not found');
});

test('a fetch that cannot be queued stores no login', async () => {
  const before = await db.projectSource.count();
  const tooLong = { ...source(), description: 'x'.repeat(10_000) };
  await expect(startGitProject(defaultEngine(), tooLong, user)).rejects.toThrow();
  expect(await db.projectSource.count()).toBe(before);
});

test('this machine is not asked unless an administrator allows it, not even by a source from before', async () => {
  server.commit(site);
  const { project } = await fetchNew();
  await writeGitSettings(gitSettings.parse({}));
  const before = server.asked.length;
  await expect(startGitProject(defaultEngine(), source(), user)).rejects.toMatchObject({
    code: 'invalid_input',
    fields: { url: '127.0.0.1 is not an allowed address.' },
  });
  const failed = await ended(await startRefresh(defaultEngine(), project.id, user));
  expect(failed).toMatchObject({ status: 'failed', errorCode: 'invalid_input' });
  expect(server.asked).toHaveLength(before);
});

test('a redirect is not followed, so that no server leads to another', async () => {
  server.intercept((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  );
  const failed = await ended(await startGitProject(defaultEngine(), source(), user));
  server.intercept(null);
  expect(failed.status).toBe('failed');
  expect(failed.errorMessage).toContain('redirects to another URL');
});

test('through a proxy, it is the proxy that is asked for the server by its name', async () => {
  const asked: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  await writeGitSettings(gitSettings.parse({ hosts: ['git.invalid'], proxy: `http://127.0.0.1:${port}` }));
  const failed = await ended(
    await startGitProject(defaultEngine(), source({ url: 'https://git.invalid/site.git' }), user),
  ).finally(() => proxy.close());
  expect(asked).toEqual(['git.invalid:443']);
  expect(failed.errorMessage).toContain('The proxy for repositories refused the connection.');
});

test('a project that is there is connected, keeps its files, and has those of the repository when refreshed', async () => {
  server.commit(site);
  const { project, read } = await fetchNew();
  const connection = connectedGitSource.parse({ ...source(), projectId: project.id, folder: 'www' });
  await expect(connectSource(connection)).rejects.toMatchObject({ code: 'conflict' });
  await disconnectSource(project.id);
  await expect(
    connectSource(connectedGitSource.parse({ ...connection, url: 'ssh://git@127.0.0.1/site.git' })),
  ).rejects.toMatchObject({ fields: { 'login.kind': expect.stringContaining('needs a key') as string } });
  await connectSource(connection);
  expect(await findProjectSource(project.id)).toMatchObject({ folder: 'www', commit: null });
  expect(read('www/index.html')).toBe('one\n');
  expect((await ended(await startRefresh(defaultEngine(), project.id, user))).status).toBe('succeeded');
  expect(read('index.html')).toBe('one\n');
});

test('the login is bound to its server: with another one in the address it does not open', async () => {
  server.commit(site);
  const { project } = await fetchNew();
  const { id, url, ref } = (await findProjectSource(project.id))!;
  await changeSource(id, { url: `${server.url}other.git`, ref, folder: 'www' }, undefined);
  expect(await openLogin(id)).toEqual(login);
  await expect(
    changeSource(id, { url: 'https://evil.example/x', ref, folder: '' }, undefined),
  ).rejects.toMatchObject({ code: 'invalid_input' });
  await db.projectSource.update({ where: { id }, data: { url: 'https://evil.example/site.git' } });
  await expect(openLogin(id)).rejects.toMatchObject({ code: 'conflict' });
  await changeSource(id, { url, ref, folder: '' }, { kind: 'none' });
  expect(await db.projectSource.findUnique({ where: { id } })).toMatchObject({
    sealedLogin: null,
    login: 'none',
  });
});

test('by ssh, git is given a key, the server’s keys and one address, and nothing of the machine’s own', async () => {
  const commit = server.commit(site);
  // In ssh's place: shows what it was told, and does what the server would.
  const programs = mkdtempSync(path.join(os.tmpdir(), 'layerwright-ssh-'));
  const told = path.join(programs, 'told');
  const root = path.dirname(server.git('rev-parse', '--show-toplevel'));
  writeFileSync(
    path.join(programs, 'ssh'),
    `#!/bin/sh\n{ echo "$@"; cat "$2"; env; cat "$(dirname "$2")/ssh-hosts"; } > ${told}\nfor last; do :; done\ncd ${root} && eval "$(echo "$last" | sed "s|'/|'./|")"\n`,
    { mode: 0o755 },
  );
  const pathBefore = process.env.PATH;
  process.env.PATH = `${programs}:${pathBefore}`;
  process.env.LAYERWRIGHT_OTHER_SECRET = 'of the server';
  try {
    const key = '-----BEGIN PRIVATE KEY-----\nnot a real one\n-----END PRIVATE KEY-----\n';
    const hostKeys = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA';
    const { result } = await fetchNew({
      url: 'git@127.0.0.1:site.git',
      login: { kind: 'key', key, hostKeys },
    });
    expect(result.commit).toBe(commit);
    const words = readFileSync(told, 'utf8');
    expect(words).toContain('StrictHostKeyChecking yes');
    expect(words).toContain('HostName 127.0.0.1');
    expect(words).toContain('repository ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA');
    expect(words).not.toMatch(/not a real one|of the server/);
    const withoutKeys = { kind: 'key', key, hostKeys: 'other.org ssh-ed25519 AAAA' };
    await expect(
      startGitProject(defaultEngine(), source({ url: 'git@127.0.0.1:site.git', login: withoutKeys }), user),
    ).rejects.toThrow('No host key for 127.0.0.1');
  } finally {
    process.env.PATH = pathBefore;
    delete process.env.LAYERWRIGHT_OTHER_SECRET;
    rmSync(programs, { recursive: true });
  }
  expect(staged()).toEqual([]);
});

test('where git is not installed, that is said', async () => {
  const pathBefore = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    const failed = await ended(await startGitProject(defaultEngine(), source(), user));
    expect(failed.errorMessage).toContain('Git is not installed on the server.');
  } finally {
    process.env.PATH = pathBefore;
  }
});

test('cancelled while the server is silent, git ends and nothing stays', async () => {
  let waiting = () => {};
  const asked = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  server.intercept(() => waiting()); // and never answers
  const id = await startGitProject(defaultEngine(), source(), user);
  await asked;
  await cancelOperation(id, user.name);
  expect((await ended(id)).status).toBe('cancelled');
  server.intercept(null);
  expect(staged()).toEqual([]);
  expect(await db.projectSource.count({ where: { projectId: null } })).toBe(0);
});

test('cancelled before it has begun, its login is not kept', async () => {
  setLimit('transfer', 0);
  try {
    const id = await startGitProject(defaultEngine(), source(), user);
    expect(await db.projectSource.count({ where: { projectId: null } })).toBe(1);
    expect(await cancelOperation(id, user.name)).toBe('cancelled');
    expect(await db.projectSource.count({ where: { projectId: null } })).toBe(0);
  } finally {
    setLimit('transfer', 4);
  }
});
