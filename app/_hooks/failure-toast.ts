import type { ActionFailure } from '@/lib/actions/result';
import type { ToastContent } from './use-toast';

/** The notice of an action that failed; `again` is offered where the request was lost. */
export const failureToast = (title: string, failure: ActionFailure, again?: () => void): ToastContent => ({
  tone: 'failure',
  title,
  text: [failure.message, failure.hint].filter(Boolean).join(' '),
  again: failure.code === 'unreachable' ? again : undefined,
});
