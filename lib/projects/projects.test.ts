import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { useTestDatabase } from '@/lib/db/test-database';
import { newId } from '@/lib/ids';
import { follow } from '@/lib/operations/follow';
import { cancelOperation } from '@/lib/operations/cancel';
import { isEnded } from '@/lib/operations/schema';
import { getOperation } from '@/lib/operations/store';
import { createFromTemplate, duplicateProject } from './create';
import { deleteProject, describeDeletion } from './delete';
import { writeFile } from './edit-files';
import { projectDirectory } from './files';
import { measureProject } from './measure';
import { defaultOptions } from './options/schema';
import { listSecretNames, openSecrets, removeSecret, setSecret } from './secrets';
import { findProject, getProject, listProjects, updateProject } from './store';
import { getTemplate, templates } from './templates/list';
import { startUnpack, unpackOperation } from './unpack-operation';
import { tar, zip } from './unpack/test-archives';
import { stagingDirectory, uploadsDirectory } from '@/lib/uploads/directories';
import { sweepUploads } from '@/lib/uploads/sweep';

const { db, directory: data } = await useTestDatabase();
const user = { id: 'u1', name: 'Ada' };
const never = new AbortController().signal;

let uploads = 0;

/** As stored by the tus server. */
function upload(content: Buffer, { name = 'site.tar', kind = 'archive', userId = user.id } = {}) {
  const id = (++uploads).toString(16).padStart(32, '0');
  mkdirSync(uploadsDirectory(), { recursive: true });
  writeFileSync(path.join(uploadsDirectory(), id), content);
  const info = { id, size: content.length, offset: 0, metadata: { name, kind, userId } };
  writeFileSync(path.join(uploadsDirectory(), `${id}.json`), JSON.stringify(info));
  return id;
}

async function ended(id: string) {
  for await (const _batch of follow(id, 0, never));
  const operation = await getOperation(id);
  expect(isEnded(operation.status)).toBe(true);
  return operation;
}

const into = (name: string) => ({ to: 'new' as const, name, description: '' });
const staged = () => (existsSync(stagingDirectory()) ? readdirSync(stagingDirectory()) : []);
const uploaded = () => readdirSync(uploadsDirectory());

async function unpackNew(name: string, content: Buffer) {
  const id = await startUnpack(
    defaultEngine(),
    { uploadId: upload(content), strip: true, into: into(name) },
    user,
  );
  expect((await ended(id)).status).toBe('succeeded');
  const { result } = await unpackOperation.get(id);
  return getProject(result!.projectId);
}

const site = tar(
  { name: 'Dockerfile', content: 'FROM busybox\n' },
  { name: 'www/index.html', content: 'hello' },
);

test('an upload becomes a project, and nothing of it is left behind', async () => {
  const project = await unpackNew('My first site', site);
  expect(project).toMatchObject({
    name: 'My first site',
    options: { ...defaultOptions, tags: ['my-first-site'] },
  });
  expect(project.folder).toMatch(/^my-first-site-[0-9a-z]{6}$/);
  expect(readFileSync(path.join(projectDirectory(project), 'www/index.html'), 'utf8')).toBe('hello');
  expect(lstatSync(projectDirectory(project)).mode & 0o777).toBe(0o755);
  expect(await measureProject(project)).toEqual({ files: 2, bytes: 18 });
  expect([staged(), uploaded()]).toEqual([[], []]);
});

test('a refused archive names its entry, makes no project and leaves nothing', async () => {
  const id = await startUnpack(
    defaultEngine(),
    { uploadId: upload(tar({ name: '../x' })), strip: true, into: into('Refused') },
    user,
  );
  expect(await ended(id)).toMatchObject({
    status: 'failed',
    errorCode: 'invalid_input',
    errorMessage: "The archive's entry “../x” points outside the archive (“..”). Nothing was kept.",
  });
  expect((await listProjects()).map((project) => project.name)).not.toContain('Refused');
  expect([staged(), uploaded()]).toEqual([[], []]);
});

test('uploads of others and incomplete ones are not unpacked', async () => {
  const theirs = upload(site, { userId: 'u2' });
  await expect(
    startUnpack(defaultEngine(), { uploadId: theirs, strip: true, into: into('X') }, user),
  ).rejects.toMatchObject({
    code: 'not_found',
  });
  const half = upload(site);
  writeFileSync(path.join(uploadsDirectory(), half), site.subarray(0, 100));
  await expect(
    startUnpack(defaultEngine(), { uploadId: half, strip: true, into: into('X') }, user),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  await sweepUploads(Date.now() + 25 * 60 * 60 * 1000);
  expect(uploaded()).toEqual([]);
});

test('a taken name is refused first, ignoring case', async () => {
  await unpackNew('Taken', site);
  const id = upload(site);
  await expect(
    startUnpack(defaultEngine(), { uploadId: id, strip: true, into: into('taken') }, user),
  ).rejects.toMatchObject({
    code: 'conflict',
    fields: { name: 'A project named “Taken” already exists.' },
  });
  expect(uploaded()).toHaveLength(2); // it can be used with another name
  await sweepUploads(Date.now() + 25 * 60 * 60 * 1000);
});

test('files are added to a project, below a directory of it, and replace those of the same name', async () => {
  const project = await unpackNew('Adding', site);
  const archive = zip([
    { name: 'index.html', content: 'new' },
    { name: 'css/a.css', content: 'a' },
  ]);
  const id = await startUnpack(
    defaultEngine(),
    {
      uploadId: upload(archive),
      strip: false,
      into: { to: 'project', projectId: project.id, mode: 'add', directory: 'www' },
    },
    user,
  );
  await ended(id);
  expect((await unpackOperation.get(id)).result).toMatchObject({
    files: 2,
    replaced: 1,
    projectId: project.id,
  });
  const at = (file: string) => readFileSync(path.join(projectDirectory(project), file), 'utf8');
  expect([at('Dockerfile'), at('www/index.html'), at('www/css/a.css')]).toEqual([
    'FROM busybox\n',
    'new',
    'a',
  ]);
  expect(await measureProject(await getProject(project.id))).toEqual({ files: 3, bytes: 17 });
});

test('when a file would take a directory’s place nothing is added at all', async () => {
  const project = await unpackNew('Clash', site);
  const archive = tar({ name: 'a-new-file' }, { name: 'www', content: 'a file' });
  const id = await startUnpack(
    defaultEngine(),
    {
      uploadId: upload(archive),
      strip: false,
      into: { to: 'project', projectId: project.id, mode: 'add', directory: '' },
    },
    user,
  );
  expect(await ended(id)).toMatchObject({ status: 'failed', errorCode: 'conflict' });
  expect(readdirSync(projectDirectory(project))).toEqual(['Dockerfile', 'www']);
  await sweepUploads(Date.now() + 25 * 60 * 60 * 1000);
});

test('all files of a project are replaced at once', async () => {
  const project = await unpackNew('Replacing', site);
  const id = await startUnpack(
    defaultEngine(),
    {
      uploadId: upload(tar({ name: 'top/Dockerfile', content: 'FROM other\n' })),
      strip: true,
      into: { to: 'project', projectId: project.id, mode: 'replace', directory: '' },
    },
    user,
  );
  await ended(id);
  expect(readdirSync(projectDirectory(project))).toEqual(['Dockerfile']);
  expect([staged(), uploaded()]).toEqual([[], []]);
});

test('an upload is unpacked once, also when requested repeatedly', async () => {
  const uploadId = upload(site);
  const both = await Promise.all(
    ['Once', 'Twice'].map((name) =>
      startUnpack(defaultEngine(), { uploadId, strip: true, into: into(name) }, user),
    ),
  );
  const statuses = await Promise.all(both.map(async (id) => (await ended(id)).status));
  expect(statuses.toSorted()).toEqual(['failed', 'succeeded']);
});

test('a cancelled unpacking leaves nothing', async () => {
  const many = tar(...Array.from({ length: 3000 }, (_, n) => ({ name: `f${n}`, content: 'x' })));
  const id = await startUnpack(
    defaultEngine(),
    { uploadId: upload(many), strip: true, into: into('Cancelled') },
    user,
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  await cancelOperation(id, user.name);
  expect((await ended(id)).status).toBe('cancelled');
  expect([staged(), uploaded()]).toEqual([[], []]);
});

test.each(templates.map((template) => template.id))('the template %s makes a project', async (template) => {
  const id = await createFromTemplate(getTemplate(template), { name: `From ${template}` });
  const project = await getProject(id);
  expect(readdirSync(projectDirectory(project))).toContain('Dockerfile');
  expect(staged()).toEqual([]);
});

test('renaming keeps the files; a taken name is a field error', async () => {
  const project = await unpackNew('Before', site);
  expect(await updateProject(project.id, { name: 'After' })).toMatchObject({
    name: 'After',
    folder: project.folder,
  });
  await expect(updateProject(project.id, { name: 'Taken' })).rejects.toMatchObject({
    fields: { name: /Taken/ },
  });
});

test('a copy has its own files and no secrets', async () => {
  const project = await unpackNew('Original', site);
  await setSecret(project.id, 'token', 'x');
  const copy = await getProject(await duplicateProject(project.id, 'Copy'));
  await writeFile(projectDirectory(copy), 'new', 'x', null);
  expect(existsSync(path.join(projectDirectory(project), 'new'))).toBe(false);
  expect(await listSecretNames(copy.id)).toEqual([]);
});

test('deleting has a preview, removes files and secrets, and frees the name', async () => {
  const project = await unpackNew('Doomed', site);
  await setSecret(project.id, 'token', 'x');
  expect(await describeDeletion(project.id)).toEqual({
    name: 'Doomed',
    files: 2,
    bytes: 18,
    secrets: 1,
    builds: 0,
  });
  await deleteProject(project.id);
  expect(await findProject(project.id)).toBeNull();
  expect(existsSync(projectDirectory(project))).toBe(false);
  expect(await db.projectSecret.count({ where: { projectId: project.id } })).toBe(0);
  expect(staged()).toEqual([]);
});

test('a project without files can be shown and deleted', async () => {
  const project = await unpackNew('Lost', site);
  const { rmSync } = await import('node:fs');
  rmSync(projectDirectory(project), { recursive: true });
  expect(await measureProject({ ...project, updatedAt: 1 })).toEqual({ files: null, bytes: null });
  await deleteProject(project.id);
  expect(await findProject(project.id)).toBeNull();
});

test('secrets are stored sealed, and opened for their own project only', async () => {
  const [one, other] = [await unpackNew('Secret one', site), await unpackNew('Secret two', site)];
  const canary = `canary-${newId()}`;
  await setSecret(one.id, 'token', canary);
  await setSecret(one.id, 'other', Buffer.from([0, 255]));
  expect(await listSecretNames(one.id)).toMatchObject([{ name: 'other' }, { name: 'token' }]);
  const rows = await db.projectSecret.findMany();
  expect(JSON.stringify(rows)).not.toContain(canary);
  expect(await openSecrets(one.id, ['token'])).toEqual({ token: Buffer.from(canary) });
  expect(Object.keys(await openSecrets(one.id)).toSorted()).toEqual(['other', 'token']);
  // The same ciphertext in the row of another project does not decrypt.
  const row = rows.find((found) => found.name === 'token')!;
  await db.projectSecret.create({
    data: { id: newId(), projectId: other.id, name: 'token', sealed: row.sealed },
  });
  await expect(openSecrets(other.id)).rejects.toMatchObject({ code: 'conflict' });
  await removeSecret(one.id, 'token');
  await expect(openSecrets(one.id, ['token'])).rejects.toThrow('The project has no secret “token”.');
});

test('leftovers of a killed server are removed, and new files are kept', async () => {
  mkdirSync(path.join(stagingDirectory(), 'left/deep'), { recursive: true });
  writeFileSync(path.join(uploadsDirectory(), 'f'.repeat(32)), 'without its info');
  const kept = upload(site);
  expect(await sweepUploads()).toEqual({ uploads: 0, staging: 1 });
  const soon = Date.now() + 120_000;
  expect(await sweepUploads(soon)).toEqual({ uploads: 1, staging: 0 });
  expect(uploaded()).toEqual([kept, `${kept}.json`]);
  expect(data).toBeTruthy();
});
