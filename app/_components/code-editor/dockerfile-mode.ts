import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { Tag, tags } from '@lezer/highlight';
import { kindOf } from '@/lib/dockerfiles/kinds';

/** Tags of instruction keywords, by the kind that gives the color. */
export const kindTags = {
  base: Tag.define(tags.keyword),
  run: Tag.define(tags.keyword),
  copy: Tag.define(tags.keyword),
  config: Tag.define(tags.keyword),
};

interface State {
  keyword: string;
  /** The instruction continues in this line. */
  continues: boolean;
  /** Only `--flags` were read so far. */
  flags: boolean;
  quote: string;
  heredocs: string[];
  escape: string;
}

function lineStart(stream: StringStream, state: State): string | null {
  const [end] = state.heredocs;
  if (end !== undefined && !state.continues) {
    if (stream.string.trim() === end) {
      state.heredocs.shift();
      stream.skipToEnd();
      return 'keyword';
    }
    stream.skipToEnd();
    return 'string';
  }
  if (stream.eatSpace()) return null;
  if (stream.peek() === '#') {
    const escape = /^#\s*escape\s*=\s*(\S)/i.exec(stream.string);
    if (escape && !state.keyword) state.escape = escape[1]!;
    stream.skipToEnd();
    return 'comment';
  }
  if (state.continues) return argument(stream, state);
  state.quote = '';
  const word = stream.match(/^[A-Za-z]+(?=\s|$)/);
  if (!word || word === true) return argument(stream, state);
  state.keyword = word[0].toUpperCase();
  state.flags = true;
  return kindOf(state.keyword);
}

function quoted(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    const character = stream.next();
    if (character === '\\' && state.quote === '"') stream.next();
    else if (character === state.quote) {
      state.quote = '';
      break;
    }
  }
  return 'string';
}

function argument(stream: StringStream, state: State): string | null {
  if (state.quote) return quoted(stream, state);
  if (stream.eatSpace()) return null;
  if (state.flags && stream.match(/^--[\w-]+=?/)) return 'attribute';
  if (stream.peek() === state.escape && /^\S\s*$/.test(stream.string.slice(stream.pos))) {
    stream.skipToEnd();
    return 'escape';
  }
  if (stream.match(/^\$(?:\w+|\{[^}\s]*\}?)/)) return 'variable';
  const heredoc = /^(?:RUN|COPY|ADD)$/.test(state.keyword) && stream.match(/^<<-?(["']?)(\w+)\1/);
  if (heredoc && heredoc !== true) {
    state.heredocs.push(heredoc[2]!);
    return 'keyword';
  }
  const quote = stream.match(/^["']/);
  if (quote && quote !== true) {
    state.quote = quote[0];
    return quoted(stream, state);
  }
  state.flags &&= !stream.match(/^[^\s"'$]/, false);
  if (state.keyword === 'FROM' && stream.match(/^as(?=\s)/i)) return 'base';
  if (state.keyword === 'HEALTHCHECK' && stream.match(/^(?:CMD|NONE)\b/)) return 'config';
  if (stream.match(/^(?:&&|\|\||[;|])/)) return 'operator';
  if (stream.match(/^[^\s"'$;&|\\`]+/)) return null;
  stream.next();
  return null;
}

const parser: StreamParser<State> = {
  name: 'dockerfile',
  startState: () => ({ keyword: '', continues: false, flags: false, quote: '', heredocs: [], escape: '\\' }),
  copyState: (state) => ({ ...state, heredocs: [...state.heredocs] }),
  token(stream, state) {
    const style = stream.sol() ? lineStart(stream, state) : argument(stream, state);
    // A comment inside of an instruction does not end it.
    if (stream.eol() && style !== 'comment') state.continues = style === 'escape';
    return style;
  },
  indent: (state, _after, context) => (state.heredocs.length ? null : state.continues ? context.unit : 0),
  languageData: { commentTokens: { line: '#' } },
  tokenTable: kindTags,
};

export const dockerfileLanguage = StreamLanguage.define(parser);
