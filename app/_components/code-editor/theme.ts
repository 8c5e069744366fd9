import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { kindTags } from './dockerfile-mode';

const colour = (name: string) => `var(--color-${name})`;

/** The design tokens cover both themes. Syntax uses ink; only instruction kinds have colors. */
const highlight = HighlightStyle.define([
  { tag: kindTags.base, color: colour('kind-base-ink'), fontWeight: '600' },
  { tag: kindTags.run, color: colour('kind-run-ink'), fontWeight: '600' },
  { tag: kindTags.copy, color: colour('kind-copy-ink'), fontWeight: '600' },
  { tag: kindTags.config, color: colour('kind-config-ink'), fontWeight: '600' },
  { tag: tags.comment, color: colour('faint'), fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: colour('ansi-2') },
  { tag: [tags.variableName, tags.propertyName, tags.attributeName], color: colour('ansi-4') },
  { tag: [tags.keyword, tags.tagName, tags.heading], color: colour('ink'), fontWeight: '600' },
  { tag: [tags.number, tags.bool, tags.atom, tags.literal], color: colour('ansi-5') },
  { tag: [tags.operator, tags.escape, tags.meta, tags.punctuation], color: colour('muted') },
  { tag: tags.link, textDecoration: 'underline' },
]);

const floating = {
  backgroundColor: colour('raised'),
  color: colour('ink'),
  border: `1px solid ${colour('frame')}`,
  borderRadius: '5px',
  boxShadow: 'var(--shadow-raised)',
  fontFamily: 'var(--font-sans)',
  fontSize: '0.8125rem',
  maxWidth: 'min(36rem, calc(100vw - 2rem))',
};

const button = {
  backgroundImage: 'none',
  backgroundColor: colour('raised'),
  border: `1px solid ${colour('frame')}`,
  borderRadius: '5px',
  color: colour('ink'),
  fontSize: '0.8125rem',
  padding: '0.125rem 0.5rem',
};

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: colour('ink'), fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.25rem', overflow: 'auto' },
  '.cm-content': { padding: '0.5rem 0', caretColor: colour('ink') },
  '.cm-line': { padding: '0 0.75rem 0 0.5rem' },
  '.cm-gutters': { backgroundColor: 'transparent', color: colour('faint'), border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 0.5rem 0 0.25rem', fontVariantNumeric: 'tabular-nums' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: colour('hover') },
  '.cm-activeLineGutter': { color: colour('ink') },
  '.cm-gutter-kinds': { width: '3px' },
  '.cm-gutter-kinds .cm-gutterElement': { padding: '0' },
  '.cm-gutter-lint': { width: '1.25rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0.25rem', display: 'flex', alignItems: 'center' },
  // By shape, not by color alone: circle, triangle, square.
  '.cm-lint-marker': { width: '0.6875rem', height: '0.6875rem' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: colour('failed'), borderRadius: '50%' },
  '.cm-lint-marker-warning': {
    content: 'none',
    backgroundColor: colour('interrupted'),
    clipPath: 'polygon(50% 4%, 100% 96%, 0 96%)',
  },
  '.cm-lint-marker-info': { content: 'none', backgroundColor: colour('running'), borderRadius: '2px' },
  '.cm-tooltip': floating,
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.5rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: colour('accent'),
    color: colour('accent-ink'),
  },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  // Wider, it would not fit beside the list and would cover it.
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.75rem', whiteSpace: 'pre-line', maxWidth: '22rem' },
  '.cm-hover': { padding: '0.5rem 0.75rem', whiteSpace: 'pre-line' },
  '.cm-diagnostic': { padding: '0.5rem 0.75rem', whiteSpace: 'normal', borderLeftWidth: '4px' },
  '.cm-diagnostic-error': { borderLeftColor: colour('failed') },
  '.cm-diagnostic-warning': { borderLeftColor: colour('interrupted') },
  '.cm-diagnostic-info': { borderLeftColor: colour('running') },
  '.cm-diagnostic .cm-why': { display: 'block', color: colour('muted'), marginTop: '0.25rem' },
  '.cm-diagnosticAction': { ...button, display: 'block', margin: '0.375rem 0 0' },
  '.cm-panels': { backgroundColor: colour('canvas'), color: colour('ink'), borderColor: colour('line') },
  '.cm-panel.cm-search': { fontFamily: 'var(--font-sans)', padding: '0.5rem 2rem 0.5rem 0.5rem' },
  '.cm-panel.cm-search label': { fontSize: '0.8125rem' },
  '.cm-textfield': {
    backgroundColor: colour('sunken'),
    border: `1px solid ${colour('edge')}`,
    borderRadius: '5px',
    fontSize: '0.8125rem',
    color: colour('ink'),
  },
  '.cm-button': button,
  '.cm-panel.cm-search [name=close]': { color: colour('ink'), width: '1.75rem', height: '1.75rem' },
  '.cm-searchMatch': { backgroundColor: colour('match') },
  '.cm-searchMatch-selected': { backgroundColor: colour('match-now') },
  '.cm-selectionMatch': { backgroundColor: colour('hover') },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: colour('hover'),
    outline: `1px solid ${colour('edge')}`,
  },
  '.cm-snippetField': { backgroundColor: colour('hover') },
  // Phones zoom into a focused field with text below 16 px.
  '@media (max-width: 40rem)': {
    '.cm-scroller': { fontSize: '1rem', lineHeight: '1.5rem' },
    '.cm-textfield': { fontSize: '1rem' },
    '.cm-tooltip.cm-completionInfo': { display: 'none' },
  },
});

export const theme = [look, syntaxHighlighting(highlight)];
