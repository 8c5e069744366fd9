// @ts-check
/**
 * The rooms of lib, from top to bottom: a room imports only from the rows below its own. The lint configuration
 * (oxlint.config.mjs) is computed from this table, and lib/README.md contains it.
 * @type {readonly Readonly<Record<string, string>>[]}
 */
const table = [
  { startup: 'declares the kinds of operations, recovers, starts the watch' },
  { actions: 'adapters of commands for Next: server actions, forms, route handlers; the caller' },
  { auth: 'users, passwords, login sessions, Host and Origin' },
  {
    recipes: 'Dockerfiles generated from recorded commands',
    search: 'search of all domains, for the palette',
  },
  {
    builds: 'start, run, history, cache misses, comparison of two builds, preflight checks',
    commits: 'review of changes, commit, clean layer',
  },
  { disk: 'storage of the engine: usage, advice, clean-up' },
  { workbenches: 'containers with a recorded terminal' },
  {
    images: 'list, lineage, pull, load, import, tag, push, remove',
    containers: 'list, run, logs, change, remove',
    comparisons: 'verification: a build against the image that it must equal',
  },
  {
    projects: 'files, options, secrets, Git, archives',
    registries: 'stored registries, logins, push targets',
  },
  {
    uploads: 'files on their way in: parts, staging, free disk space',
    storage: 'backups by command, and what pages say of the data directory',
    'audit/log': 'the entries as administrators read them: list, export, verify',
  },
  { operations: 'long work: kinds, queue, run, record, follow, cancel, recover; pulse' },
  { commands: 'command and query: a use case with its permission and its schemas; roles and permissions' },
  {
    builders: 'the interface of a builder; the classic builder and BuildKit',
    audit: 'append-only entries in a chain of hashes: who did what',
  },
  { 'engine/system': 'status, the watch, events, disk, networks, volumes' },
  { 'engine/images': 'images, history, archives, pull, push' },
  { 'engine/containers': 'containers, logs, terminals, commit' },
  { 'engine/wire': 'the connection: dial, answers, errors, names, lines of JSON' },
  {
    engine: 'the handle of an engine, and its types',
    registry: 'the client of a registry: http, trust, challenges, errors',
    db: 'Prisma, migrations, backups',
    secrets: 'seal and unseal',
  },
  { contexts: 'the files of a build: walk, ignore, digest, preview, tar' },
  { dockerfiles: 'one model of a Dockerfile; findings and fixes', filetree: 'one tree of files' },
  { events: 'the model, the fold, the wire', tar: 'reading and writing tar', shell: 'shell words' },
  {
    references: 'image references and hosts',
    format: 'bytes, times, text',
    known: 'patterns of paths, names and texts: noise, secrets',
  },
  {
    ids: 'new ids',
    clock: 'time that passes, whatever the clock is set to',
    addresses: 'kinds of network addresses',
  },
  {
    errors: 'AppError and its table',
    env: 'settings',
    remember: 'one value per process',
  },
];

export const rows = table.map((row) => Object.keys(row));

/** Besides `app`, only these may import Next and React. */
export const nextRooms = ['startup', 'actions', 'auth'];

/** What a browser may load: these rooms, and files with these names in the others. */
export const browserRooms = ['dockerfiles', 'events', 'filetree', 'format', 'known', 'references', 'shell'];
export const browserFiles = ['schema', 'choices', 'href', 'labels', 'limits', 'rules', 'roles', 'status'];

/** The table for lib/README.md: a line per room, rows separated by empty lines. */
export function roomTable() {
  const width = Math.max(...rows.flat().map((room) => room.length)) + 2;
  const lines = table.map((row) =>
    Object.entries(row)
      .map(([room, what]) => `${room.padEnd(width)}${what}`)
      .join('\n'),
  );
  return lines.join('\n\n');
}
