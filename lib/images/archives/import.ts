import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { importImage } from '@/lib/engine/images/archives';
import { getImage } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { imageWorkHref } from '@/lib/images/href';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { getFinishedUpload } from '@/lib/uploads/store';
import { familiarReference, parseReference, withDefaultTag } from '@/lib/references/reference';
import { discardUpload, withUpload } from '@/lib/uploads/with-upload';
import type { Actor } from '@/lib/ids';
import { openUpload } from './open';
import { recoverImport } from './recover';
import { temporaryName } from './temporary-name';
import { type ImportInput, importInput, type ImportResult, importResult } from './schema';

function checkReference(text: string): string {
  const parsed = parseReference(text);
  if (!parsed.ok)
    throw new AppError('invalid_input', parsed.reason, { fields: { reference: parsed.reason } });
  return familiarReference(withDefaultTag(parsed.reference));
}

/** Makes a base image of an uploaded root file system. Returns the operation's id at once. */
export async function startImport(engine: Engine, input: ImportInput, user: Actor): Promise<string> {
  const upload = await getFinishedUpload(input.uploadId, user.id);
  const reference = checkReference(input.reference);
  const kept: ImportInput = { ...input, reference, fileName: upload.name };
  return importOperation.start({ engine, title: `Import ${reference}`, input: kept, user });
}

async function run(context: OperationContext<ImportInput>): Promise<ImportResult> {
  const { uploadId, reference, changes, message } = context.input;
  return withUpload(context, uploadId, async (upload) => {
    const { body, content } = await openUpload(upload, context.signal);
    if (content === 'saved images')
      throw new AppError('invalid_input', `${upload.name} holds saved images, not a root file system.`, {
        hint: 'Load it instead: images keep their tags and layers.',
      });
    const { id } = await context.pipe(
      importImage(
        context.engine,
        body,
        {
          reference,
          temporary: temporaryName(context.id),
          changes,
          message: message || `Imported from ${upload.name}`,
        },
        context.signal,
      ),
    );
    const { size } = await getImage(context.engine, id);
    return { id, reference, size };
  });
}

export const importOperation = defineOperation({
  kind: 'import',
  read: 'image:read',
  lane: 'transfer',
  input: importInput,
  result: importResult,
  href: imageWorkHref,
  ready: isEngineThere,
  run,
  recover: recoverImport,
  discard: ({ uploadId }) => discardUpload(uploadId),
});
