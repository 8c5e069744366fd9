import 'server-only';
import { AppError } from '@/lib/errors';
import type { OperationId } from '@/lib/ids';
import { endNow } from './end-now';
import { bumpPulse } from './pulse';
import { isEnded, type OperationStatus } from './schema';
import { abortRunning, lookForWork, runner } from './runner';
import { claimOperation, getOperation, markCancelAsked } from './store';

/**
 * Asks an operation to stop; asking twice does no harm. Returns the status at that moment: a running one becomes
 * `cancelled` when its work has really stopped.
 */
export async function cancelOperation(id: OperationId, userName: string): Promise<OperationStatus> {
  const message = `Cancelled by ${userName}.`;
  const operation = await getOperation(id);
  if (isEnded(operation.status)) return operation.status;
  await markCancelAsked(id);
  bumpPulse();
  // Claiming it first means that the runner cannot start it between the look and the end.
  if (operation.status === 'queued' && (await claimOperation(id, runner().id))) {
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
