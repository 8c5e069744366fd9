import { hoverTooltip } from '@codemirror/view';
import { DockerHover } from 'dockerfile-language-service/lib/dockerHover.js';
import { MarkdownDocumentation } from 'dockerfile-language-service/lib/dockerMarkdown.js';
import { PlainTextDocumentation } from 'dockerfile-language-service/lib/dockerPlainText.js';
import { placeOf } from './places';

const hover = new DockerHover(new MarkdownDocumentation(), new PlainTextDocumentation());

function wordsFor(text: string, place: { line: number; character: number }): string | null {
  const contents = hover.onHover(text, place, ['plaintext'])?.contents;
  if (!contents || Array.isArray(contents)) return null;
  return typeof contents === 'string' ? contents : contents.value;
}

/** Help for instructions and flags, and the values of variables. */
export const dockerfileHover = hoverTooltip((view, pos) => {
  const { doc } = view.state;
  const words = wordsFor(doc.toString(), placeOf(doc, pos));
  if (!words) return null;
  const word = view.state.wordAt(pos);
  return {
    pos: word?.from ?? pos,
    end: word?.to ?? pos,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-hover';
      dom.textContent = words; // text only
      return { dom };
    },
  };
});
