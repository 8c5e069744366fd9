import 'server-only';
import { AppError } from '@/lib/errors';
import type { Asked } from './route';

async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw new AppError('too_large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new AppError('invalid_input', 'The request is not JSON.');
  }
}

/** A command's input from the URL and from a JSON object of at most `limitBytes` in the body. */
export const jsonInput =
  (limitBytes: number) =>
  async ({ request, params }: Asked): Promise<object> => {
    const body = await readJson(request, limitBytes);
    if (typeof body !== 'object' || body === null)
      throw new AppError('invalid_input', 'The request is not a JSON object.');
    return { ...body, ...params };
  };
