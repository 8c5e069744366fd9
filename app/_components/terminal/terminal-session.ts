import type { StoredEvent } from '@/lib/events/events';
import type { WorkbenchId } from '@/lib/ids';
import type { Screen } from './screen';

/** Bytes drawn between two acknowledgements. */
const acknowledgeEveryBytes = 128 * 1024;

/** A loop: `Uint8Array.from` with a mapper took a third of the page's CPU time under heavy output. */
function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Which page types, and whose it is. */
export interface Keyboard {
  viewer: string | null;
  name: string;
}

interface SessionListeners {
  onKeyboard: (keyboard: Keyboard) => void;
  onCommand: (number: number) => void;
  onSize: (columns: number, rows: number) => void;
}

/** Draws one terminal's events, and acknowledges drawn bytes to the server (flow control). */
export class TerminalSession {
  private drawn = 0;
  private noted = 0;
  private skipped = 0;
  private noting = false;

  constructor(
    private readonly screen: Screen,
    private readonly workbenchId: WorkbenchId,
    private readonly viewer: string,
    /** Bytes of output that existed when the page was rendered; until then it replays. */
    private readonly past: number,
    private readonly listeners: SessionListeners,
  ) {}

  /** Still drawing output from before the page was opened. */
  get replaying(): boolean {
    return this.drawn < this.past;
  }

  take(events: StoredEvent[]): void {
    for (const event of events) {
      if (event.type === 'output' && event.again) this.screen.terminal.reset();
      if (event.type === 'output') this.draw(event.from, event.data, event.skipped ?? 0);
      else if (event.type === 'size') this.listeners.onSize(event.columns, event.rows);
      else if (event.type === 'keyboard')
        this.listeners.onKeyboard({ viewer: event.viewer, name: event.name });
      else if (event.type === 'command') this.listeners.onCommand(event.number);
    }
  }

  private draw(from: number, data: string, skipped: number) {
    const { terminal } = this.screen;
    if (skipped) {
      this.skipped += skipped;
      this.drawn = Math.max(this.drawn, from + skipped);
      return;
    }
    if (this.skipped) {
      terminal.write(`\r\n\u001b[0;2m… ${mega(this.skipped)} of output not recorded …\u001b[0m\r\n`);
      this.skipped = 0;
    }
    const bytes = bytesOf(data);
    terminal.write(bytes, () => {
      this.drawn = from + bytes.length;
      if (!this.replaying && this.drawn - this.noted >= acknowledgeEveryBytes) void this.note();
    });
  }

  private async note() {
    if (this.noting) return;
    this.noting = true;
    this.noted = this.drawn;
    try {
      await fetch(`/api/workbenches/${this.workbenchId}/seen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ viewer: this.viewer, bytes: this.drawn }),
      });
    } catch {
      // Without a network the event stream has stopped, too.
    }
    this.noting = false;
    if (this.drawn - this.noted >= acknowledgeEveryBytes) void this.note();
  }
}
