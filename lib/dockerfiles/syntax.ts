import { validate, ValidationCode as Code } from 'dockerfile-utils';
import type { Edit, Fix, Found, Severity } from './finding';
import { openPlaces } from './places';
import type { Plan } from './stages';

type Diagnostic = ReturnType<typeof validate>[number];

/** Said by rules of our own, and better. */
const left = new Set<Code>([Code.INVALID_PORT, Code.INVALID_PROTO]);
/** A matter of habit: the engine takes both. */
const notes = new Set<Code>([
  Code.CASING_INSTRUCTION,
  Code.CASING_DIRECTIVE,
  Code.DEPRECATED_MAINTAINER,
  Code.WORKDIR_IS_NOT_ABSOLUTE,
]);

const reasons: Partial<Record<Code, string>> = {
  [Code.CASING_INSTRUCTION]: 'The engine reads both; in capitals they stand out from what they are given.',
  [Code.DEPRECATED_MAINTAINER]: 'Write LABEL org.opencontainers.image.authors="…" instead.',
  [Code.WORKDIR_IS_NOT_ABSOLUTE]:
    'It continues the WORKDIR before it, also one of the base image, which may be another one some day.',
  [Code.EMPTY_CONTINUATION_LINE]:
    'The engine still reads over empty lines inside of an instruction, and will stop to.',
  [Code.JSON_IN_SINGLE_QUOTES]:
    'JSON knows double quotes only. The engine takes this for a shell’s line, brackets and all.',
  [Code.NO_SOURCE_IMAGE]: 'A Dockerfile begins with FROM, which names what the image stands on (or scratch).',
  [Code.UNKNOWN_INSTRUCTION]:
    'The engine does not know this word, and the build fails. Is it misspelled, or is a “\\” missing at the end of the line before?',
  [Code.MULTIPLE_INSTRUCTIONS]: 'Only the last one of a stage counts.',
  [Code.DUPLICATE_BUILD_STAGE_NAME]: 'Only one of them can be meant by --from.',
  [Code.INVALID_REFERENCE_FORMAT]: 'The engine cannot read this as the name of an image.',
  [Code.INVALID_DESTINATION]: 'With more than one source the destination is a directory, and ends in “/”.',
  [Code.BASE_NAME_EMPTY]: 'An ARG before the first FROM has to give it a value, or each build has to.',
};

/** The validator's codes are those of its own list. */
const codeOf = ({ code }: Diagnostic) => Number(code) as Code;

function severityOf(diagnostic: Diagnostic): Severity {
  if (notes.has(codeOf(diagnostic))) return 'note';
  return diagnostic.severity === 1 ? 'error' : 'warning';
}

function fixOf(code: Code, text: string, place: { from: number; to: number }): Fix | undefined {
  const there = text.slice(place.from, place.to);
  const replace = (label: string, put: string): Fix => ({
    label,
    edits: [{ ...place, text: put } satisfies Edit],
  });
  if (code === Code.CASING_INSTRUCTION) return replace(`Write ${there.toUpperCase()}`, there.toUpperCase());
  if (code === Code.CASING_DIRECTIVE) return replace(`Write ${there.toLowerCase()}`, there.toLowerCase());
  if (code === Code.INVALID_AS) return replace('Write AS', 'AS');
  if (code === Code.EMPTY_CONTINUATION_LINE) return replace('Remove the empty line', '');
  if (code === Code.JSON_IN_SINGLE_QUOTES && !there.includes('"'))
    return replace('Use double quotes', there.replaceAll("'", '"'));
  if (code === Code.ARGUMENT_EXTRA || code === Code.ARGUMENT_UNNECESSARY)
    return replace(`Remove “${there}”`, '');
  return undefined;
}

const sentence = (message: Diagnostic['message']) => {
  const text = typeof message === 'string' ? message : message.value;
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
};

/** What the language itself has to say: unknown words, missing arguments, flags that do not exist. */
export function checkSyntax({ file: { text } }: Plan): Found[] {
  const { span } = openPlaces(text);
  return validate(text)
    .filter((diagnostic) => !left.has(codeOf(diagnostic)))
    .map((diagnostic) => {
      const code = codeOf(diagnostic);
      const place = span(diagnostic.range);
      return {
        rule: `syntax-${Code[code]?.toLowerCase().replaceAll('_', '-') ?? code}`,
        severity: severityOf(diagnostic),
        message: sentence(diagnostic.message),
        why: reasons[code] ?? 'The engine will not understand this line, and the build fails.',
        ...place,
        fix: fixOf(code, text, place),
      };
    });
}
