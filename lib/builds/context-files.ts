import 'server-only';
import { unpackFiles } from '@/lib/contexts/digest';
import type { ContextFile } from '@/lib/contexts/schema';
import type { OperationId } from '@/lib/ids';
import { findContextFiles } from './store';

/** The paths that a build was made from, by name, with the digests of their contents. */
export async function listContextFiles(id: OperationId): Promise<ContextFile[]> {
  const data = await findContextFiles(id);
  return data ? unpackFiles(data) : [];
}
