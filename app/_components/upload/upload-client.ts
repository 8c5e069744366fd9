import type { DetailedError, Upload } from 'tus-js-client';
import type { ShownError } from '@/app/_components/ui/error-state';
import { limits, uploadEndpoint, type UploadKind } from '@/lib/uploads/limits';
import type { UploadId } from '@/lib/ids';

export interface UploadSource {
  blob: Blob;
  name: string;
  kind: UploadKind;
  fingerprint: string;
}

interface UploadListener {
  onProgress: (sent: number) => void;
  onDone: (uploadId: UploadId) => void;
  onError: (error: ShownError) => void;
}

export interface RunningUpload {
  pause: () => void;
  resume: () => void;
  /** Cancels the upload and removes its data from the server. */
  cancel: () => void;
}

/** Delays between attempts, about four minutes in all; they restart after progress. */
const retryDelays = [500, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000];
/** Statuses worth a retry: no response, timeouts, locks, a restarting server. */
const passing = new Set([0, 408, 409, 423, 429, 500, 502, 503, 504]);

/** Loaded with the first upload, not with the page. */
const loadTus = () => import('tus-js-client');

const isDetailed = (error: unknown): error is DetailedError =>
  error instanceof Error && 'originalResponse' in error;

const statusOf = (error: unknown) => (isDetailed(error) ? (error.originalResponse?.getStatus() ?? 0) : 0);

function explain(error: unknown): ShownError {
  const status = statusOf(error);
  const body = isDetailed(error) ? error.originalResponse?.getBody() : undefined;
  if (status === 401)
    return {
      message: 'You were signed out.',
      hint: 'Sign in again in another tab, then resume here: nothing is lost.',
    };
  try {
    const { error: sent } = JSON.parse(body ?? '') as { error: ShownError };
    if (sent.message) return sent;
  } catch {
    // the response of a proxy, or none
  }
  return status
    ? { message: `The upload was refused (${status}).`, hint: 'Try again; the uploaded part is kept.' }
    : {
        message: 'The connection was lost, or a file could no longer be read.',
        hint: 'Try again to resume. If a file has changed, select it again.',
      };
}

/** Uploads a blob in parts of limited size, and resumes an interrupted upload of this browser. */
export function startUpload(source: UploadSource, listener: UploadListener): RunningUpload {
  let ended = false;
  let paused = false;
  let upload: Upload | undefined;
  const begin = async () => {
    const tus = await loadTus();
    const fresh = new tus.Upload(source.blob, {
      endpoint: uploadEndpoint,
      chunkSize: limits.partBytes,
      retryDelays,
      metadata: { name: source.name, kind: source.kind },
      fingerprint: () => Promise.resolve(`layerwright-${source.fingerprint}`),
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => passing.has(statusOf(error)),
      onProgress: (sent) => listener.onProgress(sent),
      onSuccess: () => listener.onDone(fresh.url?.split('/').at(-1) ?? ''),
      onError: (error) => {
        if (!ended) listener.onError(explain(error));
      },
    });
    const [before] = await fresh.findPreviousUploads();
    if (ended) return;
    if (before) fresh.resumeFromPreviousUpload(before);
    upload = fresh;
    if (!paused) fresh.start();
  };
  let beginning: Promise<void> | undefined;
  const start = () => {
    beginning ??= begin().catch((error: unknown) => {
      beginning = undefined;
      if (!ended) listener.onError(explain(error));
    });
  };
  start();
  return {
    pause: () => {
      paused = true;
      void upload?.abort();
    },
    resume: () => {
      paused = false;
      if (upload) upload.start();
      else start();
    },
    cancel: () => {
      ended = true;
      // If this fails, the server removes it after a day.
      upload?.abort(true).catch(() => undefined);
    },
  };
}

/** Removes a finished upload that is no longer needed; if this fails, the server does it after a day. */
export const discardUpload = (uploadId: UploadId): void =>
  void loadTus()
    .then(({ Upload }) => Upload.terminate(`${uploadEndpoint}/${uploadId}`))
    .catch(() => undefined);
