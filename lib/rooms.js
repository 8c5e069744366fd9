// @ts-check
/**
 * The rooms of lib, from above to below: a room imports from the rooms of the rows below its own and from no other. The lint
 * configuration (oxlint.config.mjs) is computed from this table, and lib/README.md shows it.
 * @type {readonly (readonly string[])[]}
 */
export const rows = [
  ['startup'],
  ['actions'],
  ['auth'],
  ['builds', 'commits', 'recipes', 'workbenches'],
  ['disk'],
  ['images', 'containers', 'comparisons'],
  ['registries', 'projects'],
  ['operations'],
  ['commands'],
  ['builders'],
  ['engine/system'],
  ['engine/images', 'engine/containers'],
  ['engine/wire'],
  ['engine', 'registry', 'db', 'secrets'],
  ['contexts'],
  ['dockerfiles', 'filetree'],
  ['events', 'tar', 'shell'],
  ['references', 'format'],
  ['errors', 'env', 'remember', 'ids'],
];

/** Only these may import Next and React; `app` may, too. */
export const nextRooms = ['startup', 'actions', 'auth'];
