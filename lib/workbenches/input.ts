import 'server-only';
import { AppError } from '@/lib/errors';
import { type LiveTerminal, viewerOf } from './live';
import { reachTerminal } from './reach';
import type { TerminalAnswer, TerminalInput } from './schema';

async function act(terminal: LiveTerminal, viewer: string, name: string, input: TerminalInput) {
  for (const message of input.messages) {
    if (message.type === 'take') {
      await terminal.take(viewer, name);
      continue;
    }
    // Nobody has it yet; or the same person, whose page was loaded anew or stands elsewhere.
    const free = terminal.keyboard.viewer === null || terminal.keyboard.name === name;
    if (free && terminal.keyboard.viewer !== viewer) await terminal.take(viewer, name);
    const may = terminal.keyboard.viewer === viewer;
    if (message.type === 'size') {
      if (may) await terminal.resize(message);
      continue;
    }
    if (!may) throw new AppError('conflict', `${terminal.keyboard.name} has the keyboard.`);
    await terminal.write(Buffer.from(message.text, message.binary ? 'latin1' : 'utf8'));
  }
}

/**
 * What one page typed: a numbered message, sent again until it is answered. One that was done already is answered as
 * done, so that nothing is typed twice; one whose predecessor is missing is refused, so that nothing is typed out of order.
 */
export async function typeInto(
  workbenchId: string,
  name: string,
  input: TerminalInput,
): Promise<TerminalAnswer> {
  const terminal = await reachTerminal(workbenchId);
  if (terminal === 'later') return { result: 'later' };
  if (!terminal) return { result: 'refused', message: 'The terminal is closed.' };
  const viewer = viewerOf(terminal, input.viewer);
  const before = viewer.working;
  const work = (async () => {
    await before;
    if (input.number <= viewer.number) return;
    if (viewer.number > 0 && input.number > viewer.number + 1)
      throw new AppError('conflict', 'A part of what was typed before it did not arrive.');
    viewer.number = input.number;
    await act(terminal, input.viewer, name, input);
  })();
  viewer.working = work.catch(() => undefined); // told to the sender of this one
  try {
    await work;
    return { result: 'done' };
  } catch (error) {
    // Somebody else was quicker, or the program has ended: nothing is wrong.
    if (error instanceof AppError && error.code === 'conflict')
      return { result: 'refused', message: error.message };
    throw error;
  }
}
