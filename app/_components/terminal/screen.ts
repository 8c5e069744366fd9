import type { FitAddon } from '@xterm/addon-fit';
import type { ITheme, Terminal } from '@xterm/xterm';

const scrollbackLines = 5000;

/**
 * xterm.js adds style elements while it opens, and the Content-Security-Policy allows only those with the page's nonce.
 * Its `documentOverride` option does not reach all of them (6.0.0).
 */
function withNonce(work: () => void): void {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const make = document.createElement.bind(document);
  const makeWithNonce = (tag: string, options?: ElementCreationOptions) => {
    const element = make(tag, options);
    if (tag === 'style') element.nonce = nonce;
    return element;
  };
  Object.defineProperty(document, 'createElement', { value: makeWithNonce, configurable: true });
  try {
    work();
  } finally {
    Reflect.deleteProperty(document, 'createElement');
  }
}

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The theme's computed colours as #rrggbb, which xterm.js needs. */
function readTheme(from: Element): ITheme {
  const style = getComputedStyle(from);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  from.append(probe);
  const color = (name: string, alpha = 1) => {
    probe.style.color = `var(${name})`;
    const computed = getComputedStyle(probe).color;
    if (!canvas) return style.color;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = computed;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const hex = [red, green, blue, Math.round(alpha * 255)].map((part) => part.toString(16).padStart(2, '0'));
    return `#${hex.slice(0, alpha === 1 ? 3 : 4).join('')}`;
  };
  const theme: Record<string, string> = {
    background: color('--color-sunken'),
    foreground: color('--color-ink'),
    cursor: color('--color-ink'),
    cursorAccent: color('--color-sunken'),
    selectionBackground: color('--color-focus', 0.3),
  };
  for (const [index, name] of names.entries()) {
    theme[name] = color(`--color-ansi-${index}`);
    theme[`bright${name[0]!.toUpperCase()}${name.slice(1)}`] = color(`--color-ansi-${index + 8}`);
  }
  probe.remove();
  return theme;
}

/** Keys that stay with the browser or the page. */
function keepKeys(terminal: Terminal, leave: () => void): void {
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true;
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    // Keyboard users need a way out: Tab goes to the program.
    if (control && event.shiftKey && event.key === 'ArrowDown') {
      event.preventDefault();
      leave();
      return false;
    }
    if (control && !event.shiftKey && event.key === 'c' && terminal.hasSelection()) {
      // The browser copies the selection; without one, Ctrl-C interrupts.
      setTimeout(() => terminal.clearSelection());
      return false;
    }
    return !(control && event.key.toLowerCase() === 'v');
  });
}

export interface Screen {
  terminal: Terminal;
  fit: FitAddon;
  dispose: () => void;
}

/** Loads xterm.js, which only pages with a terminal need, and opens it in an element. */
export async function openScreen(
  element: HTMLElement,
  options: { readOnly: boolean; onLink: (address: string) => void; onLeave: () => void },
): Promise<Screen> {
  const [{ Terminal }, { FitAddon }, { WebLinksAddon }, { Unicode11Addon }] = await Promise.all([
    import('@xterm/xterm'),
    import('@xterm/addon-fit'),
    import('@xterm/addon-web-links'),
    import('@xterm/addon-unicode11'),
  ]);
  const terminal = new Terminal({
    allowProposedApi: true,
    scrollback: scrollbackLines,
    disableStdin: options.readOnly,
    screenReaderMode: false,
    fontFamily: getComputedStyle(element).getPropertyValue('--font-mono') || 'monospace',
    fontSize: 13,
    theme: readTheme(element),
    // Programs choose colours for dark screens; keep them readable on light ones.
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
    linkHandler: { activate: (_event, address) => options.onLink(address), allowNonHttpProtocols: false },
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new WebLinksAddon((_event, address) => options.onLink(address)));
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  withNonce(() => terminal.open(element));
  keepKeys(terminal, options.onLeave);

  const restyle = () => {
    terminal.options.theme = readTheme(element);
  };
  const themes = new MutationObserver(restyle);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', restyle);
  return {
    terminal,
    fit,
    dispose() {
      themes.disconnect();
      scheme.removeEventListener('change', restyle);
      terminal.dispose();
    },
  };
}

/**
 * Programs send queries, which the terminal answers as if they were typed. Only one page may answer, and not while
 * replaying. `silent`: whether this page must not answer.
 */
export function silenceAnswers({ parser }: Terminal, silent: () => boolean): void {
  parser.registerCsiHandler({ final: 'n' }, silent);
  parser.registerCsiHandler({ prefix: '?', final: 'n' }, silent);
  parser.registerCsiHandler({ final: 'c' }, silent);
  parser.registerCsiHandler({ prefix: '>', final: 'c' }, silent);
  parser.registerCsiHandler({ intermediates: '$', final: 'p' }, silent);
  parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, silent);
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, silent);
  for (const code of [4, 10, 11, 12])
    parser.registerOscHandler(code, (text) => silent() && text.includes('?'));
}
