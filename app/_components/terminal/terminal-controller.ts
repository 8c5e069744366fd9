import type { StreamClient } from '@/app/_hooks/stream-client';
import type { OperationId, WorkbenchId } from '@/lib/ids';
import { connectKeyboard } from './connect-keyboard';
import { InputQueue, sendInput } from './input-queue';
import { openScreen, type Screen, silenceAnswers } from './screen';
import { type Keyboard, TerminalSession } from './terminal-session';

/** The terminal's properties given by the page. */
export interface TerminalProps {
  workbenchId: WorkbenchId;
  /** The newest terminal; its output is appended to that of the last one. */
  operationId: OperationId;
  /** Draw from the event after this one on. Counts when an operation is first shown, as `past`, `keyboard` and `size` do. */
  after: number;
  /** Bytes of output that the terminal had when the page was made. */
  past: number;
  keyboard: Keyboard;
  size: { columns: number; rows: number } | null;
  open: boolean;
  /** Not open yet, but starting: input is queued. */
  comes: boolean;
  mayType: boolean;
  /** The container is paused: nothing in it reads input. */
  paused: boolean;
  userName: string;
  onCommand: (number: number) => void;
}

/** State shown beside the screen. */
export interface TerminalState {
  ready: boolean;
  keyboard: Keyboard;
  /** Another user types. */
  takenByOther: boolean;
  refused: { message: string; text: string };
  /** Input is queued until the server is reachable. */
  waiting: boolean;
  /** The address that was clicked and must be confirmed. */
  link: string | null;
}

const nothingRefused = { message: '', text: '' };

/** Resets modes that a killed program may have left on: alternate screen, mouse, bracketed paste, colours. */
const calm = '\u001b[?1049l\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?2004l\u001b[?25h\u001b[0m\r\n';

const newViewer = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** An open screen with its resources. */
interface Opened {
  screen: Screen;
  queue: InputQueue;
  session: TerminalSession | null;
  operationId: OperationId | null;
  open: boolean;
  comes: boolean;
  unfollow: () => void;
}

/**
 * A terminal in the page: its screen, what is typed into it, and the operation whose output it draws. Lives outside
 * React: the component gives it an element and its properties, and draws its state.
 */
export class TerminalController {
  state: TerminalState;
  private readonly viewer = newViewer();
  private readonly listeners = new Set<() => void>();
  private opened: Opened | null = null;

  constructor(
    private readonly stream: Pick<StreamClient, 'follow'>,
    private props: TerminalProps,
  ) {
    this.state = {
      ready: false,
      keyboard: props.keyboard,
      takenByOther: this.isOther(props.keyboard),
      refused: nothingRefused,
      waiting: false,
      link: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Opens the screen in an element; returns a function that closes it. */
  mount(element: HTMLElement, onLeave: () => void): () => void {
    let closed = false;
    let close: (() => void) | undefined;
    const open = async () => {
      const screen = await openScreen(element, {
        readOnly: !this.props.mayType,
        onLink: (link) => this.set({ link }),
        onLeave,
      });
      if (closed) screen.dispose();
      else close = this.attach(screen, element);
    };
    void open();
    return () => {
      closed = true;
      close?.();
    };
  }

  /** Takes the current properties. */
  update(props: TerminalProps): void {
    this.props = props;
    const { opened } = this;
    if (!opened) return;
    if (opened.operationId !== props.operationId) this.connect(opened);
    if (opened.open === props.open && opened.comes === props.comes) return;
    opened.queue.hold(!props.open);
    if (props.comes) opened.screen.terminal.focus();
    else if (opened.comes && !props.open) opened.queue.giveUp('The terminal is closed.');
    opened.open = props.open;
    opened.comes = props.comes;
  }

  takeOver(): void {
    this.opened?.queue.push({ type: 'take' });
  }

  dismissLink(): void {
    this.set({ link: null });
  }

  private set(change: Partial<TerminalState>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private attach(screen: Screen, element: HTMLElement): () => void {
    const queue = new InputQueue(
      this.viewer,
      sendInput(this.props.workbenchId),
      (message, text) => this.refuse(message, text),
      (waiting) => this.set({ waiting }),
    );
    queue.hold(!this.props.open);
    const opened: Opened = {
      screen,
      queue,
      session: null,
      operationId: null,
      open: this.props.open,
      comes: this.props.comes,
      unfollow: () => undefined,
    };
    this.opened = opened;
    const mayAnswer = () => this.state.keyboard.viewer === this.viewer;
    connectKeyboard(screen, queue, {
      mayAnswer,
      obstacle: () => this.obstacle(),
      onRefused: (message, text) => this.refuse(message, text),
    });
    silenceAnswers(
      screen.terminal,
      () => !this.props.open || !opened.session || opened.session.replaying || !mayAnswer(),
    );
    this.connect(opened);
    const watcher = new ResizeObserver(() => this.fit());
    watcher.observe(element);
    this.set({ ready: true });
    return () => {
      watcher.disconnect();
      queue.stop();
      opened.unfollow();
      screen.dispose();
      this.opened = null;
      this.set({ ready: false });
    };
  }

  /** Starts drawing the operation in the properties. */
  private connect(opened: Opened) {
    const { workbenchId, operationId, after, past, keyboard, size } = this.props;
    const { terminal } = opened.screen;
    opened.unfollow();
    if (opened.session) {
      terminal.write(calm);
      this.set({ refused: nothingRefused });
    }
    this.noteKeyboard(keyboard);
    const session = new TerminalSession(opened.screen, workbenchId, this.viewer, past, {
      onKeyboard: (next) => {
        this.noteKeyboard(next);
        if (next.viewer !== this.viewer) return;
        this.set({ refused: nothingRefused });
        this.fit();
      },
      onCommand: (number) => this.props.onCommand(number),
      onSize: (columns, rows) => terminal.resize(columns, rows),
    });
    opened.session = session;
    opened.operationId = operationId;
    if (size) terminal.resize(size.columns, size.rows);
    opened.unfollow = this.stream.follow(operationId, after, (events) => session.take(events));
    this.fit();
    terminal.focus();
  }

  private isOther(keyboard: Keyboard): boolean {
    const { viewer, name } = keyboard;
    return viewer !== null && viewer !== this.viewer && name !== this.props.userName;
  }

  private noteKeyboard(keyboard: Keyboard) {
    this.set({ keyboard, takenByOther: this.isOther(keyboard) });
  }

  /** Why input is refused now; '' refuses it silently. */
  private obstacle(): string | null {
    const { mayType, open, comes, paused } = this.props;
    if (!mayType) return '';
    if (!open) return comes ? null : 'The terminal is closed.';
    if (paused) return 'The container was paused.';
    return this.state.takenByOther ? `${this.state.keyboard.name} has the keyboard.` : null;
  }

  private refuse(message: string, text: string) {
    const { refused } = this.state;
    this.set({ refused: { message, text: refused.message === message ? refused.text + text : text } });
  }

  /** Fits the terminal to its element if this user may resize it. */
  private fit() {
    const { open, mayType } = this.props;
    if (!this.opened || !open || !mayType || this.state.takenByOther) return;
    const { screen, queue } = this.opened;
    const size = screen.fit.proposeDimensions();
    if (!size || (size.cols === screen.terminal.cols && size.rows === screen.terminal.rows)) return;
    queue.push({ type: 'size', columns: size.cols, rows: size.rows });
  }
}
