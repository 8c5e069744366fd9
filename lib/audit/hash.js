// @ts-check
import { createHash } from 'node:crypto';

/**
 * An entry of the audit log without its hash.
 * @typedef {object} HashedEntry
 * @property {number} seq
 * @property {string} at
 * @property {string | null} userId
 * @property {string | null} userName
 * @property {string} address
 * @property {string} command
 * @property {string} permission
 * @property {string} target
 * @property {string} outcome
 * @property {string | null} errorCode
 * @property {number | null} askedSeq
 * @property {string} previousHash the hash of the entry before; empty for the first
 */

/** All columns but the hash, in the order in which they are hashed. */
export const hashedColumns = /** @type {const} */ ([
  'seq',
  'at',
  'userId',
  'userName',
  'address',
  'command',
  'permission',
  'target',
  'outcome',
  'errorCode',
  'askedSeq',
  'previousHash',
]);

/** SHA-256, hexadecimal, of the columns' values as a JSON array. @param {HashedEntry} entry */
export const hashOf = (entry) =>
  createHash('sha256')
    .update(JSON.stringify(hashedColumns.map((column) => entry[column])))
    .digest('hex');
