// @ts-check
/**
 * Verifies the chain of hashes of the audit log: `node bin/audit.js verify <database> [<row> <hash>]`. The server may be
 * running. Row and hash are of an earlier verification, kept elsewhere: whoever can write to the database can also make
 * a whole new chain. Exit code 1: a row is not in order, and is named. `report` prints JSON, for the server.
 */
import Database from 'better-sqlite3';
import { hashOf } from '../lib/audit/hash.js';

/** @typedef {import('../lib/audit/hash.js').HashedEntry & { hash: string }} Entry */
/** @typedef {{ seq: number, problem: string }} Bad */
/** @typedef {{ rows: number, hash: string | null, bad: Bad | null }} Report `rows`: so many are in order */

/** @param {Entry} entry @param {{ seq: number, hash: string }} before @returns {Bad | null} */
function problemOf(entry, before) {
  const seq = before.seq + 1;
  if (entry.seq !== seq) return { seq, problem: 'is missing' };
  if (hashOf(entry) !== entry.hash) return { seq, problem: 'was changed: it does not match its hash' };
  if (entry.previousHash !== before.hash)
    return { seq, problem: 'does not continue the row before it: one of the two was replaced' };
  return null;
}

/**
 * @param {string} file @param {{ seq: number, hash: string } | null} known a row of an earlier verification
 * @returns {Report}
 */
function verifyChain(file, known = null) {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.exec('BEGIN'); // one state of the database, while the server writes
    let last = { seq: 0, hash: '' };
    /** @param {Bad | null} bad @returns {Report} */
    const report = (bad) => ({ rows: last.seq, hash: last.hash || null, bad });
    for (const row of db.prepare('SELECT * FROM AuditEntry ORDER BY seq').iterate()) {
      const entry = /** @type {Entry} */ (row);
      const bad = problemOf(entry, last);
      if (bad) return report(bad);
      if (known?.seq === entry.seq && known.hash !== entry.hash)
        return report({ seq: entry.seq, problem: 'has another hash than at the earlier verification' });
      last = { seq: entry.seq, hash: entry.hash };
    }
    const counted = /** @type {number | undefined} */ (
      db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'AuditEntry'`).pluck().get()
    );
    const highest = Math.max(counted ?? 0, known?.seq ?? 0);
    return report(highest > last.seq ? { seq: last.seq + 1, problem: 'is missing' } : null);
  } finally {
    db.close();
  }
}

const usage = 'node bin/audit.js verify <database> [<row> <hash>]';

/** @param {string[]} args */
function main([command, file, row, hash]) {
  if (!file || !['verify', 'report'].includes(command ?? '') || (row && !(Number(row) > 0 && hash))) {
    console.error(usage);
    process.exitCode = 64; // sysexits.h: EX_USAGE
    return;
  }
  try {
    const found = verifyChain(file, row && hash ? { seq: Number(row), hash } : null);
    if (command === 'report') return console.log(JSON.stringify(found));
    if (found.bad) {
      console.error(`Row ${found.bad.seq} ${found.bad.problem}.`);
      process.exitCode = 1;
    } else if (found.hash) console.log(`Rows 1 to ${found.rows} verified. Hash of the last: ${found.hash}`);
    else console.log('The audit log is empty.');
  } catch (error) {
    console.error(`${file} cannot be verified: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
