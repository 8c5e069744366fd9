import { AppError } from '@/lib/errors';
import { sentence, storageError } from '@/lib/engine/wire/errors';

interface Rule {
  pattern: RegExp;
  message: string;
  hint: string;
}

const damaged: Rule = {
  pattern:
    /unexpected EOF|invalid tar header|archive\/tar|(?:gzip|flate|bzip2|xz|zstd).*(?:invalid|corrupt|unexpected|truncated)|corrupt input|exit status 1/i,
  message: 'The archive is damaged or cut off.',
  hint: 'Make it again, or copy it again, and compare its size with the original.',
};

const noProgram: Rule = {
  pattern: /exec: "\w+": executable file not found/i,
  message: "The engine's host lacks the program that unpacks this kind of archive.",
  hint: 'Unpack it first and send the .tar, or use .tar.gz.',
};

const loadRules: Rule[] = [
  {
    pattern:
      /no such file or directory|manifest\.json|repositories|oci-layout|not found in archive|payload does not match any of the supported image formats|unrecognized image format/i,
    message: 'This is not an archive of saved images.',
    hint: 'Archives made by docker save or podman save can be loaded. A root file system is imported instead.',
  },
  noProgram,
  damaged,
];

const importRules: Rule[] = [noProgram, damaged];

/** Plain words for what the engine said about an archive; its own words stay as the cause. */
function archiveError(rules: Rule[], words: string): AppError {
  const full = storageError(words);
  if (full) return full;
  const cause = new Error(words);
  const rule = rules.find(({ pattern }) => pattern.test(words));
  if (rule)
    return new AppError('invalid_input', rule.message, { hint: `${rule.hint} (${sentence(words)})`, cause });
  return new AppError('engine_rejected', sentence(words) || 'The engine refused the archive.', { cause });
}

export const loadError = (words: string): AppError => archiveError(loadRules, words);
export const importError = (words: string): AppError => archiveError(importRules, words);
