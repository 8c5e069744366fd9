import { validate, ValidationCode as Code } from 'dockerfile-utils';
import type { Edit, Fix, Found, Severity } from './finding';
import { openPlaces } from './places';
import type { Plan } from './stages';

type Diagnostic = ReturnType<typeof validate>[number];

/** Reported by our own rules. */
const left = new Set<Code>([Code.INVALID_PORT, Code.INVALID_PROTO]);
/** Matters of style: the engine accepts both. */
const notes = new Set<Code>([
  Code.CASING_INSTRUCTION,
  Code.CASING_DIRECTIVE,
  Code.DEPRECATED_MAINTAINER,
  Code.WORKDIR_IS_NOT_ABSOLUTE,
]);

const reasons: Partial<Record<Code, string>> = {
  [Code.CASING_INSTRUCTION]: 'The engine accepts both; upper case sets keywords apart from arguments.',
  [Code.DEPRECATED_MAINTAINER]: 'Use LABEL org.opencontainers.image.authors="…" instead.',
  [Code.WORKDIR_IS_NOT_ABSOLUTE]:
    'A relative path depends on the previous WORKDIR, which may come from the base image and change.',
  [Code.EMPTY_CONTINUATION_LINE]:
    'Empty lines inside an instruction are deprecated and will become an error.',
  [Code.JSON_IN_SINGLE_QUOTES]:
    'JSON needs double quotes. The engine runs this as a shell command, including the brackets.',
  [Code.NO_SOURCE_IMAGE]: 'A Dockerfile begins with FROM and a base image (or scratch).',
  [Code.UNKNOWN_INSTRUCTION]:
    'Unknown instruction: the build fails. Check the spelling, and for a missing “\\” at the end of the previous line.',
  [Code.MULTIPLE_INSTRUCTIONS]: 'Only the last one in a stage takes effect.',
  [Code.DUPLICATE_BUILD_STAGE_NAME]: '--from can only refer to one of them.',
  [Code.INVALID_REFERENCE_FORMAT]: 'Not a valid image reference.',
  [Code.INVALID_DESTINATION]: 'With several sources, the destination must be a directory and end with “/”.',
  [Code.BASE_NAME_EMPTY]: 'Set a default with ARG before the first FROM, or pass a build argument.',
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

/**
 * The validator scans the file from its start for each line and variable, and a line for each word: its time grows
 * with this product. A file of 1,000 lines and 30 KB has 30 million, and takes about a second in the worst case.
 */
export const maxValidatorWork = 30_000_000;

export function validatorWork(text: string): number {
  let marks = 1;
  for (const character of text) {
    if (character === '\n' || character === '$') marks += 1;
    else if (character === ' ' || character === '\t') marks += 1 / 16;
  }
  return marks * text.length;
}

const notValidated: Found = {
  rule: 'too-large',
  severity: 'note',
  message: 'This Dockerfile is too large for the check of its syntax; the other rules were applied.',
  why: 'The builder checks its syntax at the start of a build.',
  from: 0,
  to: 0,
};

/** Findings of the language validator: unknown keywords, missing arguments, unknown flags. */
export function checkSyntax({ file: { text } }: Plan): Found[] {
  if (validatorWork(text) > maxValidatorWork) return [notValidated];
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
        why: reasons[code] ?? 'The engine cannot parse this line, and the build fails.',
        ...place,
        fix: fixOf(code, text, place),
      };
    });
}
