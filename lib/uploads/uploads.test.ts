import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { forget } from '@/lib/remember';
import { uploadsDirectory } from './directories';
import { handleUpload } from './handle';
import { requireDiskSpace } from './disk-space';
import { limits } from './schema';
import { findUpload, getFinishedUpload } from './store';
import { sweepUploads } from './sweep';

const disk = vi.hoisted(() => ({ free: null as number | null }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const statfs = async (directory: string) =>
    disk.free === null ? real.statfs(directory) : { bavail: disk.free, bsize: 1 };
  return { ...real, default: real, statfs };
});

const data = mkdtempSync(path.join(os.tmpdir(), 'layerwright-uploads-'));
process.env.LAYERWRIGHT_DATA = data;
forget('env');
afterAll(() => rmSync(data, { recursive: true }));

beforeEach(() => {
  rmSync(uploadsDirectory(), { recursive: true, force: true });
  mkdirSync(uploadsDirectory(), { recursive: true });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const metadata = `name ${base64('site.tar')},kind ${base64('archive')}`;

function ask(method: string, id: string, headers: Record<string, string>, body?: BodyInit, userId = 'ada') {
  const request = new Request(`http://some-host:3000/api/uploads${id && `/${id}`}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  return handleUpload(request, id, userId);
}

const create = (size: number, headers: Record<string, string> = {}, userId?: string) =>
  ask(
    'POST',
    '',
    { 'upload-length': String(size), 'upload-metadata': metadata, ...headers },
    undefined,
    userId,
  );

async function created(size: number, userId?: string): Promise<string> {
  const response = await create(size, {}, userId);
  expect(response.status).toBe(201);
  return response.headers.get('location')!.split('/').at(-1)!;
}

const send = (id: string, offset: number, body: BodyInit, userId?: string) =>
  ask(
    'PATCH',
    id,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body,
    userId,
  );

const errorOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error;

test('an upload is sent in parts, reports its offset, and is available when complete', async () => {
  const id = await created(10);
  expect((await send(id, 0, 'hello')).headers.get('upload-offset')).toBe('5');
  const head = await ask('HEAD', id, {});
  expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual(['5', '10']);
  await expect(getFinishedUpload(id, 'ada')).rejects.toMatchObject({ code: 'conflict' });
  expect((await send(id, 5, 'world')).status).toBe(204);
  const upload = await getFinishedUpload(id, 'ada');
  expect(upload).toMatchObject({ name: 'site.tar', kind: 'archive', size: 10, userId: 'ada' });
  expect(await fs.readFile(upload.path, 'utf8')).toBe('helloworld');
});

test('its URL is relative, with any host name of the server', async () => {
  const response = await create(1, { 'x-forwarded-host': 'evil.example' });
  expect(response.headers.get('location')).toMatch(/^\/api\/uploads\/[0-9a-f]{32}$/);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('a part at the wrong place is refused, and nothing is written twice', async () => {
  const id = await created(10);
  await send(id, 0, 'hello');
  expect((await send(id, 0, 'again')).status).toBe(409);
  expect((await send(id, 9, 'x')).status).toBe(409);
  expect((await findUpload(id))!.received).toBe(5);
});

test('more than was announced is refused', async () => {
  const id = await created(5);
  expect((await send(id, 0, 'too much')).status).toBe(413);
});

test('uploads of other users count as missing', async () => {
  const id = await created(5);
  for (const method of ['HEAD', 'PATCH', 'DELETE'])
    await expect(ask(method, id, {}, undefined, 'eve')).rejects.toMatchObject({ code: 'not_found' });
  await expect(send(id, 0, 'x', 'eve')).rejects.toMatchObject({ code: 'not_found' });
  await expect(getFinishedUpload(id, 'eve')).rejects.toMatchObject({ code: 'not_found' });
});

test('the user comes from the login session, not from the client', async () => {
  const response = await create(1, { 'upload-metadata': `${metadata},userId ${base64('eve')}` });
  const id = response.headers.get('location')!.split('/').at(-1)!;
  expect((await findUpload(id))!.userId).toBe('ada');
});

test.each(['../../etc/passwd', 'x', '%2e%2e', `${'a'.repeat(32)}.json`, 'A'.repeat(32), 'a\0b'])(
  'an id that is none is refused before the disk is asked: %j',
  async (id) => {
    const request = new Request('http://host/api/uploads/x', {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0' },
    });
    await expect(handleUpload(request, id, 'ada')).rejects.toMatchObject({ code: 'not_found' });
  },
);

test('cancelling leaves nothing behind', async () => {
  const id = await created(10);
  await send(id, 0, 'hello');
  expect((await ask('DELETE', id, {})).status).toBe(204);
  expect(readdirSync(uploadsDirectory())).toEqual([]);
});

test('an upload without its size or its name is refused', async () => {
  const withoutName = await ask('POST', '', { 'upload-length': '5' });
  expect([withoutName.status, await errorOf(withoutName)]).toMatchObject([422, { code: 'invalid_input' }]);
  const deferred = await ask('POST', '', { 'upload-defer-length': '1', 'upload-metadata': metadata });
  expect(deferred.status).toBe(422);
  expect((await ask('POST', '', { 'upload-metadata': metadata })).status).toBe(400);
  expect((await ask('POST', '', { 'upload-length': '-5', 'upload-metadata': metadata })).status).toBe(400);
  expect(readdirSync(uploadsDirectory())).toEqual([]);
});

test('an upload beyond the limit is refused before a byte is sent', async () => {
  const response = await create(limits.uploadBytes + 1);
  expect(response.status).toBe(413);
  expect(readdirSync(uploadsDirectory())).toEqual([]);
});

test('an upload without disk space is refused first, pending uploads included', async () => {
  disk.free = limits.reserveBytes + 1000;
  expect((await create(600)).status).toBe(201);
  const second = await create(600);
  expect([second.status, await errorOf(second)]).toMatchObject([507, { code: 'storage_full' }]);
  await expect(requireDiskSpace(data, 1001)).rejects.toBeInstanceOf(AppError);
  disk.free = null;
  await requireDiskSpace(data, 1001);
});

test('a user may have only so many; those left alone for an hour make room', async () => {
  const ids = [];
  for (let n = 0; n < limits.uploadsPerUser; n++) ids.push(await created(5));
  const refused = await create(5);
  expect([refused.status, await errorOf(refused)]).toMatchObject([409, { code: 'conflict' }]);
  await created(5, 'eve');
  const leave = (id: string, ms: number) => {
    const then = new Date(Date.now() - ms);
    utimesSync(path.join(uploadsDirectory(), id), then, then);
  };
  expect((await send(ids[0]!, 0, 'hel')).status).toBe(204);
  leave(ids[0]!, limits.unbegunMs + 1000);
  expect((await create(5)).status).toBe(409);
  leave(ids[0]!, limits.idleMs + 1000);
  await created(5);
  expect(await findUpload(ids[0]!)).toBeNull();
  // Its client did not hear that it was created, and has created another.
  leave(ids[1]!, limits.unbegunMs + 1000);
  await created(5);
  expect(await findUpload(ids[1]!)).toBeNull();
});

test('a broken connection keeps the received bytes, and the upload resumes', async () => {
  const id = await created(10);
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from('hel')),
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.error(new Error('connection lost'));
    },
  });
  expect((await send(id, 0, broken)).status).toBe(400);
  const { received } = (await findUpload(id))!;
  expect(received).toBe(3);
  expect((await send(id, received, 'loworld')).status).toBe(204);
  expect(await fs.readFile((await getFinishedUpload(id, 'ada')).path, 'utf8')).toBe('helloworld');
});

test('an upload of yesterday is swept, one of today is not', async () => {
  const [old, fresh] = [await created(5), await created(5)];
  const yesterday = new Date(Date.now() - limits.staleMs - 1000);
  utimesSync(path.join(uploadsDirectory(), old), yesterday, yesterday);
  expect(await sweepUploads()).toMatchObject({ uploads: 1 });
  expect(readdirSync(uploadsDirectory()).toSorted()).toEqual([fresh, `${fresh}.json`]);
});
