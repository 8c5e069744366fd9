import 'server-only';
import { AppError } from '@/lib/errors';
import type { Actor, WorkbenchId } from '@/lib/ids';
import { type LiveTerminal, viewerOf } from './live';
import { reachTerminal } from './reach';
import type { TerminalAnswer, TerminalInput } from './schema';

async function act(terminal: LiveTerminal, viewer: string, name: string, input: TerminalInput) {
  const lastText = input.messages.findLast(({ type }) => type === 'text');
  for (const message of input.messages) {
    if (message.type === 'take') {
      await terminal.take(viewer, name);
      continue;
    }
    // Free, or held by another page of the same user.
    const free = terminal.keyboard.viewer === null || terminal.keyboard.name === name;
    if (free && terminal.keyboard.viewer !== viewer) await terminal.take(viewer, name);
    const may = terminal.keyboard.viewer === viewer;
    if (message.type === 'size') {
      if (may) await terminal.resize(message);
      continue;
    }
    if (!may) throw new AppError('conflict', `${terminal.keyboard.name} has the keyboard.`);
    const bytes = Buffer.from(message.text, message.binary ? 'latin1' : 'utf8');
    await terminal.write(bytes, () => {
      if (message === lastText) terminal.noteTyped();
    });
  }
}

/**
 * Processes a numbered message of one page, which repeats it until it is answered. Duplicates are acknowledged and not
 * typed again; a gap in the numbers is refused, so that nothing is typed out of order.
 */
export async function typeInto(
  workbenchId: WorkbenchId,
  user: Actor,
  input: TerminalInput,
): Promise<TerminalAnswer> {
  const terminal = await reachTerminal(workbenchId);
  if (terminal === 'later') return { result: 'later' };
  if (!terminal) return { result: 'refused', message: 'The terminal is closed.' };
  const viewer = viewerOf(terminal, input.viewer, user.id);
  const before = viewer.working;
  const work = (async () => {
    await before;
    if (input.number <= viewer.number) return;
    if (viewer.number > 0 && input.number > viewer.number + 1)
      throw new AppError('conflict', 'Earlier input was lost.');
    viewer.number = input.number;
    await act(terminal, input.viewer, user.name, input);
    terminal.noteTyped(); // also of a request without text
  })();
  viewer.working = work.catch(() => undefined); // reported to this message's sender
  try {
    await work;
    return { result: 'done' };
  } catch (error) {
    // Expected: another user has the keyboard, or the program ended.
    if (error instanceof AppError && error.code === 'conflict')
      return { result: 'refused', message: error.message };
    throw error;
  }
}
