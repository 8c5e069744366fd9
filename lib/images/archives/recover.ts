import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { dropTemporary, loadedIn } from '@/lib/engine/images/archives';
import { findImage } from '@/lib/engine/images/images';
import { formatCount } from '@/lib/format/text';
import type { OperationId } from '@/lib/ids';
import type { Recovery } from '@/lib/operations/kinds';
import { readRaw } from '@/lib/operations/log';
import { getOperation } from '@/lib/operations/store';
import type { ImportInput, ImportResult, LoadResult } from './schema';
import { temporaryName } from './temporary-name';

/** What the engine had reported as loaded, of what it still has. */
async function listLoaded(engine: Engine, id: OperationId): Promise<string[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readRaw(id, 'load')) pieces.push(piece);
  const names = Buffer.concat(pieces).toString('utf8').split('\n').flatMap(loadedIn);
  const images = await Promise.all(names.map((name) => findImage(engine, name)));
  return names.filter((_name, index) => images[index]);
}

/** The engine keeps what it has loaded of an archive when the rest does not come. */
export async function recoverLoad(engine: Engine, id: OperationId): Promise<Recovery<LoadResult>> {
  const loaded = await listLoaded(engine, id);
  const found = loaded.length
    ? `The engine has ${formatCount(loaded.length, 'image')} of the archive: ${loaded.join(', ')}. There may be more.`
    : 'The engine had reported no image as loaded; it may have some of the archive.';
  return {
    succeeded: false,
    message: `Interrupted: the server stopped during the load. ${found} Load the archive again to have all of it.`,
  };
}

/** An image has its name when it is complete; what had arrived of an incomplete one is removed. */
export async function recoverImport(
  engine: Engine,
  id: OperationId,
  { reference }: ImportInput,
): Promise<Recovery<ImportResult>> {
  const removed = await dropTemporary(engine, temporaryName(id));
  const image = await findImage(engine, reference);
  const { startedAt, queuedAt } = await getOperation(id);
  const isNew = image !== null && image.created >= (startedAt ?? queuedAt);
  const found = isNew
    ? `Since then the engine has made ${reference}.`
    : `The engine has not made ${reference}.`;
  const rest = removed ? ' The part that had arrived is removed.' : '';
  const next = isNew ? 'Check that image, or import the archive again.' : 'Import the archive again.';
  return {
    succeeded: false,
    message: `Interrupted: the server stopped during the import. ${found}${rest} ${next}`,
  };
}
