import { AppError } from '@/lib/errors';
import { shortenMiddle } from '@/lib/format/text';

const escapes = new Map([
  ['\0', '\\0'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A name for messages: on one line, without characters that control a page or terminal or are invisible. */
export const showName = (name: string): string =>
  shortenMiddle(
    name.replace(
      // eslint-disable-next-line no-control-regex -- matched on purpose
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
      (character) => escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    160,
  );

const hint = 'Nothing was kept.';

/** Refuses the archive because of an entry. */
export const refuseEntry = (name: string, why: string, cause?: unknown): AppError =>
  new AppError('invalid_input', `The archive's entry “${showName(name)}” ${why}.`, { hint, cause });

/** Refuses the archive as a whole. */
export const refuseArchive = (why: string, cause?: unknown): AppError =>
  new AppError('invalid_input', `The archive ${why}.`, { hint, cause });

/** Refuses an archive that exceeds a limit. */
export const refuseLarge = (why: string): AppError =>
  new AppError('too_large', `The archive ${why}.`, { hint });
