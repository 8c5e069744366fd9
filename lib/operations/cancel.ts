import 'server-only';
import { AppError, messageOf, storageErrorOf } from '@/lib/errors';
import type { OperationId } from '@/lib/ids';
import { endNow } from './end-now';
import { bumpPulse } from './pulse';
import { findKind } from './kinds';
import { isEnded, type OperationStatus } from './schema';
import { abortRunning, lookForWork, runner } from './runner';
import { claimOperation, findValues, getOperation, markCancelAsked } from './store';

async function discard(id: OperationId, kind: string): Promise<void> {
  try {
    await findKind(kind)?.discard?.((await findValues(id))?.input);
  } catch (error) {
    console.error(`What was stored for operation ${id} could not be removed: ${messageOf(error)}`);
  }
}

/**
 * Asks an operation to stop; asking twice does no harm. Returns the status at that moment: a running one becomes
 * `cancelled` when its work has really stopped.
 */
export async function cancelOperation(id: OperationId, userName: string): Promise<OperationStatus> {
  const message = `Cancelled by ${userName}.`;
  const operation = await getOperation(id);
  if (isEnded(operation.status)) return operation.status;
  // First of all, and also while nothing can be stored: stopped work may be what frees the disk.
  const stops = abortRunning(id, new AppError('cancelled', message));
  try {
    await markCancelAsked(id);
  } catch (error) {
    if (!stops || !storageErrorOf(error)) throw error;
  }
  bumpPulse();
  // Claiming it first means that the runner cannot start it between the look and the end.
  if (operation.status === 'queued' && (await claimOperation(id, runner().id))) {
    await discard(id, operation.kind);
    await endNow(id, {
      status: 'cancelled',
      result: undefined,
      errorCode: 'cancelled',
      errorMessage: `${message} It had not started.`,
    });
    bumpPulse();
    lookForWork();
    return 'cancelled';
  }
  abortRunning(id, new AppError('cancelled', message));
  return 'running';
}
