import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Finding } from '@/lib/dockerfiles/finding';
import { formatDockerfile } from '@/lib/dockerfiles/format';
import { completionSources } from './completions';
import { dockerfileLanguage } from './dockerfile-mode';
import { applyFinding, dockerfileFindings } from './findings';
import { dockerfileHover } from './hover';
import { kindGutter } from './kind-gutter';
import { languageFor } from './languages';
import { theme } from './theme';

export interface EditorOptions {
  text: string;
  path: string;
  isDockerfile: boolean;
  readOnly: boolean;
  label: string;
  /** Id of the element that describes the keys. */
  describedBy?: string;
  onChange: (text: string) => void;
  onFindings: (findings: Finding[]) => void;
}

/** A mounted editor. */
export interface MountedEditor {
  /** Replaces the text; keeps the cursor position if possible. */
  replace: (text: string) => void;
  format: () => void;
  fix: (finding: Finding) => void;
  /** Moves the cursor there and scrolls to it. */
  show: (finding: Finding) => void;
  focus: () => void;
  destroy: () => void;
}

/** The indentation of the text; two spaces if it has none. */
function unitOf(text: string, isDockerfile: boolean): string {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1];
  if (indent?.startsWith('\t')) return '\t';
  return ' '.repeat(indent && indent.length <= 8 ? indent.length : isDockerfile ? 4 : 2);
}

/** The nonce with which the page's policy allows the styles of the editor. */
const pageNonce = () => document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';

/** The smallest change from one text to another. */
function changeTo(view: EditorView, text: string) {
  const before = view.state.doc.toString();
  if (before === text) return null;
  let from = 0;
  while (from < Math.min(before.length, text.length) && before[from] === text[from]) from += 1;
  let end = 0;
  while (
    end < Math.min(before.length, text.length) - from &&
    before[before.length - 1 - end] === text[text.length - 1 - end]
  )
    end += 1;
  return { from, to: before.length - end, insert: text.slice(from, text.length - end) };
}

function replaceWith(view: EditorView, text: string, userEvent?: string) {
  const changes = changeTo(view, text);
  if (changes) view.dispatch({ changes, userEvent });
}

const format = (view: EditorView) => {
  replaceWith(view, formatDockerfile(view.state.doc.toString()), 'input.format');
  return true;
};

const forDockerfiles = (onFindings: EditorOptions['onFindings'], readOnly: boolean): Extension => [
  kindGutter,
  dockerfileLanguage,
  dockerfileFindings(onFindings),
  dockerfileHover,
  readOnly ? [] : autocompletion({ override: completionSources, icons: false }),
  readOnly ? [] : keymap.of([{ key: 'Shift-Alt-f', run: format }]),
];

/** Escape, then Tab, leaves the text (WCAG 2.1.2, no keyboard trap). After any other key, Tab indents again. */
const leaveKey = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === 'Escape') view.setTabFocusMode(true);
    else if (!['Tab', 'Shift'].includes(event.key)) view.setTabFocusMode(false);
    return false;
  },
  blur(_event, view) {
    view.setTabFocusMode(false);
  },
});

/** Mounts a CodeMirror editor. Loaded on demand. */
export function mountEditor(parent: HTMLElement, options: EditorOptions): MountedEditor {
  const { text, path, isDockerfile, readOnly, label, describedBy, onChange, onFindings } = options;
  const language = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(pageNonce()),
        // Only \n ends a line: other line ends stay in the text.
        EditorState.lineSeparator.of('\n'),
        lineNumbers(),
        isDockerfile ? forDockerfiles(onFindings, readOnly) : language.of([]),
        highlightActiveLineGutter(),
        readOnly ? EditorState.readOnly.of(true) : [highlightActiveLine(), history(), leaveKey],
        EditorView.editable.of(!readOnly),
        indentUnit.of(unitOf(text, isDockerfile)),
        EditorState.tabSize.of(4),
        bracketMatching(),
        highlightSelectionMatches(),
        search({ top: true }),
        keymap.of([
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          ...(readOnly ? [] : [indentWithTab]),
        ]),
        // Long lines wrap on a phone.
        window.matchMedia('(max-width: 40rem)').matches ? EditorView.lineWrapping : [],
        EditorView.contentAttributes.of({
          'aria-label': label,
          ...(describedBy && { 'aria-describedby': describedBy }),
          ...(readOnly && { tabindex: '0', 'aria-readonly': 'true' }),
          spellcheck: 'false',
          autocapitalize: 'none',
          autocorrect: 'off',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        theme,
      ],
    }),
  });
  if (!isDockerfile)
    void languageFor(path)
      .then((found) => view.dispatch({ effects: language.reconfigure(found) }))
      .catch(() => undefined); // highlighting is optional
  return {
    replace: (fresh) => replaceWith(view, fresh),
    format: () => void format(view),
    fix: (finding) => applyFinding(view, finding),
    show(finding) {
      const anchor = Math.min(finding.from, view.state.doc.length);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
