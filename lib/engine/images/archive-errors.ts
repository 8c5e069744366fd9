import { AppError } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';
import { sentence, storageError } from '@/lib/engine/wire/errors';

const damaged: ErrorRule = {
  pattern:
    /unexpected EOF|invalid tar header|archive\/tar|(?:gzip|flate|bzip2|xz|zstd).*(?:invalid|corrupt|unexpected|truncated)|corrupt input|exit status 1/i,
  code: 'invalid_input',
  message: 'The archive is damaged or incomplete.',
  hint: 'Create or copy it again, and compare its size with the original. ({words})',
};

const noProgram: ErrorRule = {
  pattern: /exec: "\w+": executable file not found/i,
  code: 'invalid_input',
  message: "The engine's host lacks the program that unpacks this kind of archive.",
  hint: 'Unpack it first and send the .tar, or use .tar.gz. ({words})',
};

const loadRules: ErrorRule[] = [
  {
    pattern:
      /no such file or directory|manifest\.json|repositories|oci-layout|not found in archive|payload does not match any of the supported image formats|unrecognized image format/i,
    code: 'invalid_input',
    message: 'This is not an archive of saved images.',
    hint: 'Archives made by docker save or podman save can be loaded. A root file system is imported instead. ({words})',
  },
  noProgram,
  damaged,
];

const importRules: ErrorRule[] = [noProgram, damaged];

/** Explains an engine's message about an archive; the message itself is kept as the cause. */
function archiveError(rules: ErrorRule[], words: string): AppError {
  const full = storageError(words);
  if (full) return full;
  const text = sentence(words);
  return (
    matchRule(rules, words, { values: { words: text } }) ??
    new AppError('engine_rejected', text || 'The engine refused the archive.', { cause: new Error(words) })
  );
}

export const loadError = (words: string): AppError => archiveError(loadRules, words);
export const importError = (words: string): AppError => archiveError(importRules, words);
