import { formatCount } from '@/lib/format/text';
import { limits as defaults, type Limits } from '@/lib/uploads/schema';
import { refuseEntry } from './refuse';

const bytesIn = (text: string) => Buffer.byteLength(text);

/**
 * The path segments of an entry's name; none for the archive's root. Refuses names that would leave the root, here or
 * on another system.
 */
export function entryPath(name: string, limits: Limits = defaults): string[] {
  if (name === '') throw refuseEntry(name, 'has no name');
  if (name.includes('\0')) throw refuseEntry(name, 'has a NUL character in its name');
  if (name.includes('\\')) throw refuseEntry(name, 'has a backslash in its name');
  if (name.startsWith('/') || /^[a-z]:(\/|$)/i.test(name)) throw refuseEntry(name, 'has an absolute path');
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refuseEntry(name, 'points outside the archive (“..”)');
  if (bytesIn(name) > limits.pathBytes)
    throw refuseEntry(name, `has a path of more than ${limits.pathBytes} bytes`);
  if (parts.length > limits.depth)
    throw refuseEntry(name, `is deeper than ${formatCount(limits.depth, 'directory', 'directories')}`);
  if (parts.some((part) => bytesIn(part) > limits.nameBytes))
    throw refuseEntry(name, `has a name of more than ${limits.nameBytes} bytes`);
  return parts;
}
