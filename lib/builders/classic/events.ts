import type { LogEvent, OperationEvent } from '@/lib/events/events';
import { explainStepError } from '@/lib/builders/errors';
import { LogTails } from '@/lib/builders/log-tails';
import type { JsonRecord } from '@/lib/engine/wire/json-lines';
import { layerEvents } from '@/lib/engine/images/layer-progress';
import type { classicLineMatcher } from '@/lib/dockerfiles/lines';
import { kindOfInstruction } from '@/lib/dockerfiles/step-names';

/** `Step 3/7 : RUN make` (Docker), `STEP 3/7: RUN make` and `[1/2] STEP 3/7: RUN make` (Podman). */
const stepLine = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)(?:\/(\d+))?\s?: (.*?)\n*$/is;

/** Lines in which the builder speaks about itself. */
const imageLine = /^(?: ---> |--> )([a-f0-9]{7,64})\n?$/;
const cacheLine = /^(?: ---> |--> )Using cache/;
const chatter =
  /^(?: ---> Running in |(?: ---> Removed|Removing) intermediate container |Successfully (?:built|tagged) |COMMIT\b)/;
const warningLine = /^(?: ---> )?\[Warning\] (.*?)\n*$/s;
const podmanResult = /^(?:sha256:)?([a-f0-9]{64})\n?$/;

/** The builder marks what a command wrote to stderr by colour alone. */
const stderrStart = '\u001B[91m';
const stderrEnd = '\u001B[0m';

interface CurrentStep {
  id: string;
  name: string;
  line: number | undefined;
  toLayerEvents: (record: JsonRecord) => OperationEvent[];
  /** Docker ends its step line with a record of its own, which is not output. */
  lineOpen: boolean;
  done: boolean;
}

function logOf(step: string, text: string): LogEvent {
  return text.startsWith(stderrStart) && text.endsWith(stderrEnd)
    ? { type: 'log', step, stream: 'stderr', text: text.slice(stderrStart.length, -stderrEnd.length) }
    : { type: 'log', step, stream: 'stdout', text };
}

/** Turns the classic builder's stream into steps: it has no structure but its words. */
export class ClassicTracker {
  private step: CurrentStep | null = null;
  private failure: { name: string; error: string; line?: number; tail: string } | null = null;
  private readonly tails = new LogTails();
  private image: string | null = null;
  /** Podman is done with the steps: what follows is the id. */
  private committed = false;

  constructor(private readonly lineOf: ReturnType<typeof classicLineMatcher>) {}

  *apply(record: JsonRecord): Generator<OperationEvent, void, void> {
    const id = (record.aux as { ID?: unknown } | undefined)?.ID;
    if (typeof id === 'string') this.image = id;
    if (typeof record.stream === 'string') yield* this.text(record.stream);
    else if (this.step && typeof record.status === 'string') yield* this.step.toLayerEvents(record);
  }

  *end(): Generator<OperationEvent, void, void> {
    if (this.step && !this.step.done) yield { type: 'step', step: this.step.id, completed: Date.now() };
    this.step = null;
  }

  *fail(error: string): Generator<OperationEvent, void, void> {
    if (!this.step) return;
    const { id, name, line } = this.step;
    this.failure = { name, error, tail: this.tails.of(id), ...(line && { line }) };
    yield { type: 'step', step: id, completed: Date.now(), error: explainStepError(error) };
  }

  imageId = (): string | null => this.image;
  failed = () => this.failure;
  current = (): string | null => this.step?.name ?? null;

  private *text(text: string): Generator<OperationEvent, void, void> {
    const begins = stepLine.exec(text);
    if (begins) return yield* this.begin(begins);
    if (/^COMMIT\b/.test(text)) this.committed = true;
    const result = this.committed ? podmanResult.exec(text) : null;
    if (result) this.image ??= result[1]!;
    const { step } = this;
    if (!step || result) return;
    const rest = step.lineOpen && text === '\n';
    step.lineOpen = false;
    if (cacheLine.test(text)) yield { type: 'step', step: step.id, cached: true };
    else if (imageLine.test(text)) {
      step.done = true;
      yield { type: 'step', step: step.id, completed: Date.now() };
    } else if (warningLine.test(text)) {
      yield { type: 'warning', step: step.id, short: warningLine.exec(text)![1]! };
    } else if (!rest && !chatter.test(text)) {
      this.tails.add(step.id, text);
      yield logOf(step.id, text);
    }
  }

  private *begin([text, stage, index, total, instruction = '']: RegExpExecArray): Generator<
    OperationEvent,
    void,
    void
  > {
    yield* this.end();
    // An earlier stage's: only the last one's counts.
    this.image = null;
    this.committed = false;
    const number = Number(index);
    const count = total ? `${index}/${total}` : `${index}`;
    const id = stage ? `step-${stage}-${index}` : `step-${index}`;
    const name = `[${stage ? `stage-${Number(stage) - 1} ` : ''}${count}] ${instruction}`;
    // Podman starts again in each stage; only Docker's number is the instruction's.
    const line = stage ? undefined : this.lineOf(number, instruction);
    this.step = {
      id,
      name,
      line,
      toLayerEvents: layerEvents(id).toEvents,
      lineOpen: !text.endsWith('\n'),
      done: false,
    };
    const kind = kindOfInstruction(instruction);
    yield { type: 'step', step: id, name, kind, started: Date.now(), ...(line && { line }) };
  }
}
