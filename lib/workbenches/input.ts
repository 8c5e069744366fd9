import 'server-only';
import { AppError } from '@/lib/errors';
import { type LiveTerminal, requireTerminal, viewerOf } from './live';
import type { TerminalInput } from './schema';

async function act(terminal: LiveTerminal, viewer: string, name: string, input: TerminalInput) {
  for (const message of input.messages) {
    if (message.type === 'take') {
      await terminal.take(viewer, name);
      continue;
    }
    // Nobody has it yet; or the same person, whose page was loaded anew or stands elsewhere.
    const free = terminal.keyboard.viewer === null || terminal.keyboard.name === name;
    if (free && terminal.keyboard.viewer !== viewer) await terminal.take(viewer, name);
    if (terminal.keyboard.viewer !== viewer)
      throw new AppError('conflict', `${terminal.keyboard.name} has the keyboard.`, {
        hint: 'Take it over first.',
      });
    if (message.type === 'size') await terminal.resize(message);
    else await terminal.write(Buffer.from(message.text, message.binary ? 'latin1' : 'utf8'));
  }
}

/**
 * What one page typed: a numbered message, sent again until it is answered. One that was done already is answered as
 * done, so that nothing is typed twice; one whose predecessor is missing is refused, so that nothing is typed out of order.
 */
export async function typeInto(workbenchId: string, name: string, input: TerminalInput): Promise<void> {
  const terminal = requireTerminal(workbenchId);
  const viewer = viewerOf(terminal, input.viewer);
  const before = viewer.working;
  const work = (async () => {
    await before;
    if (input.number <= viewer.number) return;
    if (viewer.number > 0 && input.number > viewer.number + 1)
      throw new AppError('conflict', 'A part of what was typed did not arrive.', {
        hint: 'Type it again.',
      });
    viewer.number = input.number;
    await act(terminal, input.viewer, name, input);
  })();
  viewer.working = work.catch(() => undefined); // told to the sender of this one
  await work;
}
