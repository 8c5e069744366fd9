import type { ShownError } from '@/app/_components/ui/error-state';
import type { LogPiece } from '@/lib/containers/schema';
import { LineBuffer } from './line-buffer';

export type LogStreamState = 'opening' | 'open' | 'ended' | 'lost' | 'failed';

interface LogListener {
  changed: () => void;
  state: (state: LogStreamState, error?: ShownError) => void;
}

/** Time without data, heartbeats included, after which the connection counts as dead. */
const silenceMs = 40_000;
const retryMs = 2000;

/** Follows the output of a container. Resumes where it stopped after a connection loss; pauses in a hidden tab. */
export class ContainerLog {
  readonly lines = new LineBuffer();
  private after = '';
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The run of the container that was read to its end. */
  private endedRun: string | undefined;

  constructor(
    private readonly container: string,
    private readonly tail: number,
  ) {}

  /** Follows until the container ends or the returned function is called. `run` changes with each start. */
  follow(run: string, listener: LogListener): () => void {
    const onVisibility = () => {
      if (document.hidden) this.close();
      else if (!this.source) this.open(run, listener);
    };
    document.addEventListener('visibilitychange', onVisibility);
    this.open(run, listener);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      this.close();
    };
  }

  private close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }

  private open(run: string, listener: LogListener) {
    this.close();
    if (document.hidden || this.endedRun === run) return;
    const query = this.after ? `after=${encodeURIComponent(this.after)}` : `tail=${this.tail}`;
    const source = new EventSource(`/api/containers/${this.container}/logs?${query}`);
    this.source = source;
    const lose = () => {
      this.close();
      listener.state('lost');
      this.timer = setTimeout(() => this.open(run, listener), retryMs);
    };
    const heard = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(lose, silenceMs);
    };
    const end = (state: LogStreamState, error?: ShownError) => {
      this.endedRun = run;
      this.close();
      listener.state(state, error);
    };
    heard();
    source.addEventListener('open', () => listener.state('open'));
    source.addEventListener('beat', heard);
    source.addEventListener('pieces', (message) => {
      heard();
      this.after = message.lastEventId;
      for (const { stream, text } of JSON.parse(message.data as string) as LogPiece[])
        this.lines.append(stream, text);
      listener.changed();
    });
    source.addEventListener('end', () => end('ended'));
    source.addEventListener('failed', (message) =>
      end('failed', JSON.parse(message.data as string) as ShownError),
    );
    source.addEventListener('error', lose);
  }
}
