import 'server-only';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '@/lib/engine/engine';
import { defineOperation } from '@/lib/operations/define';
import type { OperationContext } from '@/lib/operations/kinds';
import { operationHref } from '@/lib/operations/status';
import type { Actor, OperationId } from '@/lib/ids';
import { adoptDirectory } from './create';
import { projectDirectory } from './files';
import { addFiles, replaceFiles } from './place-files';
import { findMadeProject, interruptedMessage, madeMessage } from './recover-files';
import { type UnpackInput, unpackInput, type UnpackResult, unpackResult } from './schema';
import { getProject, requireFreeName, touchProject } from './store';
import { unpackArchive, type Unpacked, type UnpackProgress } from './unpack/unpack';
import { withStaging } from '@/lib/uploads/staging';
import { getFinishedUpload, removeUpload, type StoredUpload } from '@/lib/uploads/store';
import { discardUpload, withUpload } from '@/lib/uploads/with-upload';

/** Interval of progress events. */
const progressEveryMs = 250;

/** Reports progress at a limited rate. */
function progressTeller({ emit }: Pick<OperationContext, 'emit'>, step: string, upload: StoredUpload) {
  let reportedAt = -progressEveryMs;
  return async ({ entries, read, unpacked }: UnpackProgress, state: 'active' | 'done' = 'active') => {
    if (state === 'active' && performance.now() - reportedAt < progressEveryMs) return;
    reportedAt = performance.now();
    const base = { type: 'progress', step, state } as const;
    await emit({ ...base, id: 'read', label: 'Read', current: read, total: upload.size, unit: 'bytes' });
    await emit({ ...base, id: 'entries', label: 'Entries', current: entries, unit: 'items' });
    await emit({ ...base, id: 'unpacked', label: 'Unpacked', current: unpacked, unit: 'bytes' });
  };
}

async function place(
  { id, input: { into }, signal }: OperationContext<UnpackInput>,
  unpacked: Unpacked,
): Promise<UnpackResult> {
  const { files, unpacked: bytes, stripped, warnings } = unpacked;
  const result = { files, bytes, stripped, warnings: warnings.length, replaced: 0 };
  if (into.to === 'new')
    return { ...result, projectId: await adoptDirectory(unpacked.root, { ...into, madeBy: id }) };
  const project = await getProject(into.projectId);
  const directory = projectDirectory(project);
  if (into.mode === 'replace') await replaceFiles(directory, unpacked.root, signal);
  else result.replaced = (await addFiles(directory, into.directory, unpacked.root, signal)).replaced;
  await touchProject(project.id);
  return { ...result, projectId: project.id };
}

async function unpackUpload(context: OperationContext<UnpackInput>, upload: StoredUpload) {
  const { input } = context;
  return withStaging(async (staging) => {
    const content = path.join(staging, 'content');
    await mkdir(content, { mode: 0o755 });
    const unpacked = await context.step(`Unpack ${upload.name}`, async (step) => {
      const tell = progressTeller(context, step, upload);
      const done = await unpackArchive(upload.path, content, {
        strip: input.strip,
        guessModes: upload.kind === 'folder',
        signal: context.signal,
        onProgress: (progress) => tell(progress),
      });
      for (const warning of done.warnings) await context.emit({ type: 'warning', step, short: warning });
      await tell(done, 'done');
      return done;
    });
    return context.step('Put the files in place', () => place(context, unpacked));
  });
}

async function recover(_engine: Engine, id: OperationId, { uploadId, into }: UnpackInput) {
  const made = await findMadeProject(id, into);
  if (!made) return { succeeded: false, message: interruptedMessage(into) };
  await removeUpload(uploadId);
  return {
    succeeded: true,
    message: madeMessage,
    result: { ...made, stripped: null, warnings: 0, replaced: 0 },
  };
}

export const unpackOperation = defineOperation({
  kind: 'unpack',
  read: 'project:read',
  cancel: 'upload:write',
  lane: 'transfer',
  input: unpackInput,
  result: unpackResult,
  href: operationHref,
  run: (context) => withUpload(context, context.input.uploadId, (upload) => unpackUpload(context, upload)),
  discard: ({ uploadId }) => discardUpload(uploadId),
  recover,
});

/** Starts to unpack a finished upload into a new or existing project. Returns the operation's id. */
export async function startUnpack(engine: Engine, input: UnpackInput, user: Actor): Promise<string> {
  const upload = await getFinishedUpload(input.uploadId, user.id);
  const { into } = input;
  if (into.to === 'new') await requireFreeName(into.name);
  const name = into.to === 'new' ? into.name : (await getProject(into.projectId)).name;
  return unpackOperation.start({ engine, title: `${upload.name} into ${name}`, input, user });
}
