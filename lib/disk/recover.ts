import 'server-only';
import { listContainers } from '@/lib/engine/containers/containers';
import type { Engine } from '@/lib/engine/engine';
import { listVolumes } from '@/lib/engine/system/volumes';
import { formatCount } from '@/lib/format/text';
import type { OperationId } from '@/lib/ids';
import type { Recovery } from '@/lib/operations/kinds';
import type { PruneInput, PruneResult } from './schema';

const interrupted = 'Interrupted: the server stopped during the clean-up.';
/** Names in a message. */
const named = 20;

/** What was to be removed, and which of it the engine still has; null for the build cache, whose records have no list. */
async function lookFor(engine: Engine, input: PruneInput) {
  if (input.what === 'build-cache') return null;
  if (input.what === 'volumes') {
    const there = new Set((await listVolumes(engine)).map(({ name }) => name));
    return { what: 'volume', asked: input.names, left: input.names.filter((name) => there.has(name)) };
  }
  const names = new Map((await listContainers(engine)).map(({ id, name }) => [id as string, name]));
  const left = input.ids.flatMap((id) => names.get(id) ?? []);
  return { what: 'container', asked: input.ids, left };
}

const listed = (names: readonly string[]) =>
  names.length > named
    ? `${names.slice(0, named).join(', ')} and ${names.length - named} more`
    : names.join(', ');

/** After a crash: the engine is asked what of it is gone. How much space that freed, nobody knows any more. */
export async function recoverPrune(
  engine: Engine,
  _id: OperationId,
  input: PruneInput,
): Promise<Recovery<PruneResult>> {
  const found = await lookFor(engine, input);
  if (!found)
    return {
      succeeded: false,
      message: `${interrupted} A part of the build cache may have been removed. Clean up again to remove the rest.`,
    };
  const { what, asked, left } = found;
  if (left.length === 0)
    return {
      succeeded: true,
      message: `The server stopped before it could say so; the engine has none of the ${formatCount(asked.length, what)} any more.`,
    };
  return {
    succeeded: false,
    message: `${interrupted} Of ${formatCount(asked.length, what)}, ${asked.length - left.length} were removed. Still there: ${listed(left)}.`,
  };
}
