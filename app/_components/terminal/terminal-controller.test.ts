import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StoredEvent } from '@/lib/events/events';
import type { TerminalInput } from '@/lib/workbenches/schema';
import { TerminalController, type TerminalProps } from './terminal-controller';

const screen = vi.hoisted(() => ({
  type: (_text: string): void => undefined,
  written: [] as string[],
  focused: 0,
  disposed: 0,
  proposed: { cols: 80, rows: 24 },
}));

vi.mock('./screen', () => ({
  silenceAnswers: () => undefined,
  openScreen: () =>
    Promise.resolve({
      fit: { proposeDimensions: () => screen.proposed },
      dispose: () => screen.disposed++,
      terminal: {
        cols: 80,
        rows: 24,
        onData: (type: (text: string) => void) => (screen.type = type),
        onBinary: () => undefined,
        focus: () => screen.focused++,
        write: (text: string) => screen.written.push(text),
        resize: () => undefined,
      },
    }),
}));

const sent: TerminalInput['messages'] = [];
const typed = () => sent.map((message) => (message.type === 'text' ? message.text : message.type)).join('');

beforeEach(() => {
  Object.assign(screen, { written: [], focused: 0, disposed: 0, proposed: { cols: 80, rows: 24 } });
  sent.length = 0;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('fetch', (_address: string, { body }: { body: string }) => {
    sent.push(...(JSON.parse(body) as TerminalInput).messages);
    return Promise.resolve(Response.json({ result: 'done' }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const defaults: TerminalProps = {
  workbenchId: 'w1',
  operationId: 'first',
  after: 0,
  past: 0,
  keyboard: { viewer: null, name: '' },
  size: null,
  open: true,
  comes: false,
  mayType: true,
  paused: false,
  userName: 'ada',
  onCommand: () => undefined,
};

async function mounted(props: Partial<TerminalProps> = {}) {
  const followed: string[] = [];
  let take: (events: StoredEvent[]) => void = () => undefined;
  const follow = (id: string, _after: number, onEvents: typeof take) => {
    followed.push(id);
    take = onEvents;
    return () => void followed.push(`-${id}`);
  };
  const first = { ...defaults, ...props };
  const controller = new TerminalController({ follow }, first);
  const unmount = controller.mount({} as HTMLElement, () => undefined);
  await vi.waitFor(() => expect(controller.state.ready).toBe(true));
  const update = (next: Partial<TerminalProps>) => controller.update({ ...first, ...next });
  const keyboard = (viewer: string, name: string) =>
    take([{ seq: 1, at: 0, type: 'keyboard', viewer, name } as unknown as StoredEvent]);
  return { controller, unmount, update, followed, keyboard };
}

test('input before the terminal is open is sent when it opens', async () => {
  const { update, controller } = await mounted({ open: false, comes: true });
  screen.type('ls\r');
  expect(sent).toEqual([]);
  update({ open: true, comes: false });
  await vi.waitFor(() => expect(typed()).toBe('ls\r'));
  expect(controller.state.refused.message).toBe('');
});

test('input for a terminal that does not open is reported as rejected', async () => {
  const { update, controller } = await mounted({ open: false, comes: true });
  screen.type('ls');
  update({ open: false, comes: false });
  screen.type(' -l');
  expect(controller.state.refused).toEqual({ message: 'The terminal is closed.', text: 'ls -l' });
  expect(sent).toEqual([]);
});

test('while another user has the keyboard, nothing is sent and the size is theirs', async () => {
  const { keyboard, controller } = await mounted();
  keyboard('another', 'greta');
  screen.proposed = { cols: 100, rows: 30 };
  screen.type('x');
  expect(controller.state).toMatchObject({
    takenByOther: true,
    refused: { message: 'greta has the keyboard.', text: 'x' },
  });
  keyboard('a second page', 'ada');
  expect(controller.state.takenByOther).toBe(false);
  screen.type('y');
  await vi.waitFor(() => expect(typed()).toBe('y'));
});

test('while the container is paused, input is reported as rejected', async () => {
  const { update, controller } = await mounted({ paused: true });
  screen.type('ls');
  expect(controller.state.refused).toEqual({ message: 'The container was paused.', text: 'ls' });
  update({ paused: false });
  screen.type('id');
  await vi.waitFor(() => expect(typed()).toBe('id'));
});

test('a new terminal is drawn below the last one, once, and takes the focus', async () => {
  const { update, followed } = await mounted();
  expect(followed).toEqual(['first']);
  update({ after: 7, keyboard: { viewer: null, name: '' } });
  expect(followed).toEqual(['first']);
  expect([screen.written.length, screen.focused]).toEqual([0, 1]);
  update({ operationId: 'second' });
  update({ operationId: 'second' });
  expect(followed).toEqual(['first', '-first', 'second']);
  expect([screen.written.length, screen.focused]).toEqual([1, 2]);
});

test('leaving the page closes its screen, also one that is still loading', async () => {
  const { unmount, followed, controller } = await mounted();
  unmount();
  expect(followed).toEqual(['first', '-first']);
  expect(screen.disposed).toBe(1);
  controller.mount({} as HTMLElement, () => undefined)();
  await vi.waitFor(() => expect(screen.disposed).toBe(2));
  expect(controller.state.ready).toBe(false);
});
