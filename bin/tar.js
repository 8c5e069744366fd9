// @ts-check
/** Writes a tar archive (POSIX ustar) in memory, for a root file system of a few megabytes. */

/**
 * @typedef {object} Entry
 * @property {string} path relative, at most 100 bytes
 * @property {'file' | 'directory' | 'link'} type
 * @property {number} [mode]
 * @property {Buffer} [content]
 * @property {string} [target] of a symbolic link
 */

const blockSize = 512;
const typeFlags = { file: '0', link: '2', directory: '5' };
const defaultModes = { file: 0o644, link: 0o777, directory: 0o755 };

/** @param {number} number @param {number} width */
const octal = (number, width) => `${number.toString(8).padStart(width - 1, '0')}\0`;

/** @param {Entry} entry */
function header({ path, type, mode = defaultModes[type], content, target = '' }) {
  if (Buffer.byteLength(path) > 100) throw new Error(`The path is too long for a ustar header: ${path}`);
  const block = Buffer.alloc(blockSize);
  block.write(path, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108); // owner: root
  block.write(octal(0, 8), 116);
  block.write(octal(content?.length ?? 0, 12), 124);
  block.write(octal(0, 12), 136); // time: constant, so that the same files give the same layer
  block.write(' '.repeat(8), 148); // the checksum counts as spaces in its own sum
  block.write(typeFlags[type], 156);
  block.write(target, 157);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

/** @param {Buffer} content */
const padding = (content) => Buffer.alloc((blockSize - (content.length % blockSize)) % blockSize);

/** @param {Entry[]} entries */
export const packTar = (entries) =>
  Buffer.concat([
    ...entries.flatMap((entry) =>
      entry.content ? [header(entry), entry.content, padding(entry.content)] : [header(entry)],
    ),
    Buffer.alloc(2 * blockSize),
  ]);
