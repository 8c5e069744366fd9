import 'server-only';
import type { z } from 'zod';
import { importInput, importResult, loadInput, loadResult } from '@/lib/images/archives/schema';
import { pullInput, pullResult } from '@/lib/images/pull/schema';
import { removalInput, removalResult } from '@/lib/images/removal/schema';
import { findOperation, getOperationValues } from '@/lib/operations/store';
import type { ImageWork } from './schema';

const orNull = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | null =>
  schema.safeParse(value).data ?? null;

/** Null for another kind of operation, or none. */
export async function findWork(id: string): Promise<ImageWork | null> {
  const operation = await findOperation(id);
  if (!operation) return null;
  const { input, result } = await getOperationValues(id);
  switch (operation.kind) {
    case 'pull':
      return { operation, kind: 'pull', input: pullInput.parse(input), result: orNull(pullResult, result) };
    case 'import':
      return {
        operation,
        kind: 'import',
        input: importInput.parse(input),
        result: orNull(importResult, result),
      };
    case 'load':
      return { operation, kind: 'load', input: loadInput.parse(input), result: orNull(loadResult, result) };
    case 'remove':
      return {
        operation,
        kind: 'remove',
        input: removalInput.parse(input),
        result: orNull(removalResult, result),
      };
    default:
      return null;
  }
}
