/** Enough for the last words of a command. */
const tailLength = 4000;

/** The ends of the steps' logs: the cause of a failure, where the error is only an exit code. */
export class LogTails {
  private readonly tails = new Map<string, string>();

  add(step: string, text: string): void {
    this.tails.set(step, ((this.tails.get(step) ?? '') + text).slice(-tailLength));
  }

  of(step: string): string {
    return this.tails.get(step) ?? '';
  }
}
