import { maxMessage } from '@/lib/workbenches/choices';
import type { TerminalAnswer, TerminalInput } from '@/lib/workbenches/schema';
import type { WorkbenchId } from '@/lib/ids';

type Message =
  | { type: 'text'; text: string; binary?: boolean }
  | { type: 'size'; columns: number; rows: number }
  | { type: 'take' };

export type Send = (input: {
  viewer: string;
  number: number;
  messages: TerminalInput['messages'];
}) => Promise<TerminalAnswer>;

const textOf = (messages: readonly Message[]) =>
  messages.map((one) => (one.type === 'text' ? one.text : '')).join('');

/** Delays between attempts while the server is unreachable. */
const retryDelaysMs = [100, 300, 1000, 2000];

/**
 * Sends input in order and exactly once: one request at a time; an unanswered request is repeated under its number, by
 * which the server detects duplicates.
 */
export class InputQueue {
  private waiting: Message[] = [];
  private number = 0;
  private sending = false;
  private stopped = false;
  private held = false;

  constructor(
    private readonly viewer: string,
    private readonly send: Send,
    /** With the rejected text. */
    private readonly onRefused: (message: string, texts: string) => void,
    private readonly onWaiting: (waiting: boolean) => void,
  ) {}

  push(message: Message): void {
    const last = this.waiting.at(-1);
    if (last?.type === 'size' && message.type === 'size') this.waiting.pop();
    if (message.type === 'text' && last?.type === 'text' && !last.binary === !message.binary)
      last.text += message.text;
    else this.waiting.push({ ...message });
    void this.pump();
  }

  /** While held, input is kept and not sent. */
  hold(held: boolean): void {
    this.held = held;
    if (!held) void this.pump();
  }

  /** Rejects all held input. */
  giveUp(message: string): void {
    const texts = textOf(this.waiting);
    this.waiting = [];
    if (texts) this.onRefused(message, texts);
  }

  stop(): void {
    this.stopped = true;
    this.waiting = [];
  }

  /** Takes as much as fits into one request. */
  private take(): TerminalInput['messages'] {
    const messages: TerminalInput['messages'] = [];
    let room = maxMessage;
    while (this.waiting.length && room > 0 && messages.length < 100) {
      const next = this.waiting[0]!;
      if (next.type !== 'text') {
        messages.push(next);
        this.waiting.shift();
        continue;
      }
      // Do not split a surrogate pair.
      const cut =
        next.text.length <= room
          ? next.text.length
          : /[\uD800-\uDBFF]/.test(next.text[room - 1]!)
            ? room - 1
            : room;
      messages.push({ type: 'text', text: next.text.slice(0, cut), binary: next.binary ?? false });
      room -= cut;
      next.text = next.text.slice(cut);
      if (!next.text) this.waiting.shift();
      else break;
    }
    return messages;
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    while (this.waiting.length && !this.stopped && !this.held) {
      const input = { viewer: this.viewer, number: ++this.number, messages: this.take() };
      for (let tries = 0; !this.stopped; tries++) {
        const sent = await this.send(input);
        if (sent.result === 'later') {
          this.onWaiting(true);
          await new Promise((resolve) =>
            setTimeout(resolve, retryDelaysMs[Math.min(tries, retryDelaysMs.length - 1)]),
          );
          continue;
        }
        this.onWaiting(false);
        if (sent.result === 'refused') {
          const texts = textOf([...input.messages, ...this.waiting]);
          this.waiting = [];
          this.onRefused(sent.message, texts);
        }
        break;
      }
    }
    this.sending = false;
  }
}

export const sendInput =
  (workbenchId: WorkbenchId): Send =>
  async (input) => {
    try {
      const response = await fetch(`/api/workbenches/${workbenchId}/input`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      if (response.ok) return (await response.json()) as TerminalAnswer;
      if (response.status >= 500 || response.status === 429) return { result: 'later' };
      const { error } = (await response.json()) as { error?: { message?: string; hint?: string } };
      return { result: 'refused', message: [error?.message, error?.hint].filter(Boolean).join(' ') };
    } catch {
      return { result: 'later' }; // network error: retried
    }
  };
