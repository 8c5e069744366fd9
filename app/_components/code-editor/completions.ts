import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
} from '@codemirror/autocomplete';
import { DockerAssist } from 'dockerfile-language-service/lib/dockerAssist.js';
import { PlainTextDocumentation } from 'dockerfile-language-service/lib/dockerPlainText.js';
import type { Text } from '@codemirror/state';
import { offsetOf, placeOf } from './places';

type LanguageDocument = ConstructorParameters<typeof DockerAssist>[0];
type Registry = ConstructorParameters<typeof DockerAssist>[1];
type Item = Awaited<ReturnType<DockerAssist['computeProposals']>>[number];

/** The library would fetch tags from Docker Hub; pages contact their own server only. */
const noRegistry = { getTags: () => Promise.resolve([]) } as unknown as Registry;
const snippetFormat = 2;
const documentation = new PlainTextDocumentation();

/** Converts the library's placeholders: it escapes colons, CodeMirror does not. */
const asTemplate = (text: string) => text.replaceAll('\\:', ':');

function toCompletion(item: Item): Completion | null {
  const text = item.textEdit?.newText ?? item.insertText;
  if (text === undefined) return null;
  const words = typeof item.data === 'string' ? documentation.getDocumentation(item.data) : undefined;
  return {
    label: item.label,
    type: 'keyword',
    info: words,
    apply: item.insertTextFormat === snippetFormat ? snippet(asTemplate(text)) : text,
  };
}

/** The editor's text as a document of the library. */
const asDocument = (doc: Text): LanguageDocument => ({
  uri: 'file:///Dockerfile',
  languageId: 'dockerfile',
  version: 1,
  lineCount: doc.lines,
  getText: (range) =>
    range ? doc.sliceString(offsetOf(doc, range.start), offsetOf(doc, range.end)) : doc.toString(),
  positionAt: (offset) => placeOf(doc, offset),
  offsetAt: (place) => offsetOf(doc, place),
});

async function proposals(context: CompletionContext): Promise<CompletionResult | null> {
  const { doc } = context.state;
  const assist = new DockerAssist(asDocument(doc), noRegistry, { snippetSupport: true });
  const items = await assist.computeProposals(placeOf(doc, context.pos));
  const edit = items.find((item) => item.textEdit)?.textEdit;
  if (!edit) return null;
  const range = 'range' in edit ? edit.range : edit.replace;
  const options = items.map(toCompletion).filter((option) => option !== null);
  return { from: offsetOf(doc, range.start), options };
}

interface FoundEntry {
  kind: string;
  label: string;
}

/** Images of the engine, after FROM. */
async function images(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/^\s*FROM\s+(?:--\S+\s+)*[^\s$-]\S*$/i);
  const word = before && /\S+$/.exec(before.text)?.[0];
  if (!word) return null;
  const answer = await fetch(`/api/find?q=${encodeURIComponent(word)}`).catch(() => null);
  if (!answer?.ok || context.aborted) return null;
  const found = (await answer.json()) as FoundEntry[];
  const options = found
    .filter(({ kind, label }) => kind === 'Image' && label.includes(':'))
    .map(({ label }): Completion => ({ label, type: 'constant', detail: 'local image' }));
  return options.length ? { from: context.pos - word.length, options, filter: false } : null;
}

export const completionSources = [proposals, images];
