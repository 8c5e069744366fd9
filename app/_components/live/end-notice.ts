import type { ToastContent } from '@/app/_hooks/use-toast';
import type { OperationStatus, OperationSummary } from '@/lib/operations/status';

const words: Record<OperationStatus, string> = {
  queued: 'waits',
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
};

const tones: Partial<Record<OperationStatus, ToastContent['tone']>> = {
  succeeded: 'success',
  failed: 'failure',
};

/** `Build mysite #3 failed`, with the reason and a link. */
export function describeEnd({ title, href, status, errorMessage }: OperationSummary): ToastContent & {
  text?: string;
  action: { label: string; href: string };
} {
  return {
    tone: tones[status] ?? 'info',
    title: `${title} ${words[status]}`,
    text: status === 'failed' ? (errorMessage?.split('\n')[0] ?? undefined) : undefined,
    action: { label: 'View', href },
  };
}
