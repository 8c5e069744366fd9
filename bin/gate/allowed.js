// @ts-check
/** What the operator of the engine's machine lets through beyond the default: LAYERWRIGHT_GATE_ALLOW. */
import path from 'node:path';

/**
 * @typedef {object} Allowed
 * @property {boolean} network the host's network, and that of another container
 * @property {boolean} profiles other profiles of seccomp, AppArmor and SELinux than the engine's default
 * @property {boolean} enter shells, files and commits of containers that reach the host
 * @property {readonly string[]} binds folders of the host
 */

/** As the gate says it to the app, in a header: ASCII. @param {Allowed} allowed */
export const formatAllowed = (allowed) =>
  JSON.stringify(allowed).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** @param {string} folder @returns {string | null} why it cannot be allowed */
function obstacle(folder) {
  if (!folder.startsWith('/') || path.posix.normalize(folder) !== folder || folder.endsWith('/'))
    return 'is not an absolute path without . and .. and a slash at its end';
  return /[:,]/.test(folder) ? 'has a colon' : null;
}

/**
 * Whoever may write to a folder can put a link to `/` in place of one below it, so that folders are exact, and none may be in
 * another one.
 * @param {string} list separated by commas: `network`, `profiles`, `enter`, `bind:/srv/data` @returns {Allowed}
 */
export function parseAllowed(list) {
  const words = list.split(',').map((word) => word.trim());
  const binds = words.filter((word) => word.startsWith('bind:')).map((word) => word.slice('bind:'.length));
  const unknown = words.find((word) => !/^(|network|profiles|enter|bind:.*)$/.test(word));
  if (unknown !== undefined)
    throw new Error(
      `${unknown} is not one of network, profiles, enter and bind:/folder (LAYERWRIGHT_GATE_ALLOW).`,
    );
  for (const folder of binds) {
    const reason = obstacle(folder);
    if (reason) throw new Error(`bind:${folder} ${reason} (LAYERWRIGHT_GATE_ALLOW).`);
    const inner = binds.find((other) => other.startsWith(`${folder}/`));
    if (inner) throw new Error(`bind:${inner} is inside bind:${folder} (LAYERWRIGHT_GATE_ALLOW).`);
  }
  return {
    network: words.includes('network'),
    profiles: words.includes('profiles'),
    enter: words.includes('enter'),
    binds,
  };
}
