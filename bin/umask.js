// @ts-check
/** Who may read what is written: our own processes write for this user alone, other programs as the user has set. */

/** What root installs and builds is read by the web process, as another user. */
const forReaders = process.getuid?.() === 0 ? 0o055 : 0;
const given = process.umask() & ~forReaders;
const forThisUserAlone = 0o077;

/** What this process creates from now on is for this user alone. */
export const writePrivately = () => process.umask(forThisUserAlone);

/** A child keeps the umask that its parent has at its start. @template T @param {number} mask @param {() => T} work */
function withUmask(mask, work) {
  const former = process.umask(mask);
  try {
    return work();
  } finally {
    process.umask(former);
  }
}

/** Starts a process of ours. @template T @param {() => T} start */
export const privately = (start) => withUmask(forThisUserAlone, start);

/** Writes outside of the data, or starts what does: apt-get, npm, next build. @template T @param {() => T} work */
export const asGiven = (work) => withUmask(given, work);
