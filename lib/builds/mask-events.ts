import 'server-only';
import { TextPieces, type TextPiece } from '@/lib/engine/wire/text-pieces';
import { AppError } from '@/lib/errors';
import type { LogEvent, OperationEvent } from '@/lib/events/events';
import { type Mask, maskFor } from './mask';

type Masks = ReturnType<typeof maskFor>;

/** One output of one step. */
interface Output {
  from: Pick<LogEvent, 'type' | 'step' | 'stream'>;
  mask: Mask;
  pieces: TextPieces;
}

const bytesOf = ({ raw, text }: LogEvent): Buffer =>
  raw === undefined ? Buffer.from(text, 'utf8') : Buffer.from(raw, 'base64');

function* pieceEvents(event: LogEvent, pieces: (TextPiece | null)[]): Generator<LogEvent, void, void> {
  const { raw: _raw, text: _text, ...rest } = event;
  const told = pieces.filter((piece) => piece !== null);
  if (told.length === 0 && event.clipped) yield { ...rest, text: '' };
  for (const piece of told) yield { ...rest, ...piece };
}

class OutputMasker {
  private readonly outputs = new Map<string, Output>();

  constructor(private readonly masks: Masks) {}

  *log(event: LogEvent): Generator<LogEvent, void, void> {
    const { type, step, stream } = event;
    const key = `${step}\0${stream}`;
    const known = this.outputs.get(key);
    const output = known ?? {
      from: { type, step, stream },
      mask: this.masks.open(),
      pieces: new TextPieces(),
    };
    this.outputs.set(key, output);
    yield* pieceEvents(event, [output.pieces.push(output.mask.push(bytesOf(event)))]);
  }

  /** What was held back of a step's outputs, of all without one. */
  *end(step?: string): Generator<LogEvent, void, void> {
    for (const [key, { from, mask, pieces }] of this.outputs) {
      if (step !== undefined && from.step !== step) continue;
      this.outputs.delete(key);
      yield* pieceEvents({ ...from, text: '' }, [pieces.push(mask.end()), pieces.end()]);
    }
  }
}

/** The words of an event beside output. */
function maskWords(event: OperationEvent, masks: Masks): OperationEvent {
  if (event.type === 'step' && event.error) return { ...event, error: masks.text(event.error) };
  if (event.type !== 'warning') return event;
  const detail = event.detail === undefined ? {} : { detail: masks.text(event.detail) };
  return { ...event, short: masks.text(event.short), ...detail };
}

function maskError(thrown: unknown, masks: Masks): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  const { code, message, hint, fields, cause } = thrown;
  return new AppError(code, masks.text(message), { hint, fields, cause });
}

/** The same work, with the secrets' values out of everything that it says. */
export async function* maskSecrets<R>(
  work: AsyncGenerator<OperationEvent, R, void>,
  secrets: Buffer[],
): AsyncGenerator<OperationEvent, R, void> {
  if (secrets.length === 0) return yield* work;
  const masks = maskFor(secrets);
  const masker = new OutputMasker(masks);
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) {
        yield* masker.end();
        return next.value;
      }
      const event = next.value;
      if (event.type === 'log') yield* masker.log(event);
      else {
        if (event.type === 'step' && event.completed) yield* masker.end(event.step);
        yield maskWords(event, masks);
      }
    }
  } catch (thrown) {
    yield* masker.end();
    throw maskError(thrown, masks);
  } finally {
    await work.return(undefined as R);
  }
}
