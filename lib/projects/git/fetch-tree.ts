import 'server-only';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { AppError } from '@/lib/errors';
import { formatBytes } from '@/lib/format/bytes';
import { requireDiskSpace } from '@/lib/uploads/disk-space';
import { gitError } from './errors';
import { type GitOutcome, type GitWorkplace, runGit } from './run-git';
import { gitLimits } from './schema';

/** Files as they are stored: nothing left out, filled in or converted by what a repository says about itself. */
const attributes = '* -export-ignore -export-subst -text -eol -filter -ident -working-tree-encoding\n';
/** How often the size of what came is looked at, in ms. */
const lookEvery = 500;
/** Entries that something is said about. */
const maxKept = 200;

export interface FetchedTree {
  commit: string;
  /** The files as a tar. */
  archive: string;
  /** Directories whose content is another repository's. */
  submodules: string[];
  usesLfs: boolean;
}

type Workplace = GitWorkplace & { url: string };

async function requireSuccess(outcome: Promise<GitOutcome>, what: string): Promise<string> {
  const { code, stdout, stderr } = await outcome;
  if (code !== 0) throw gitError(stderr, what);
  return stdout;
}

const fieldError = (field: 'ref' | 'folder', message: string) =>
  new AppError('invalid_input', message, { fields: { [field]: message } });

/** The full name of what is to be fetched, from what the server lists. */
async function findRef(place: Workplace, ref: string): Promise<string> {
  const wanted = ref ? [`refs/heads/${ref}`, `refs/tags/${ref}`] : ['HEAD'];
  const listed = await requireSuccess(
    runGit(place, ['ls-remote', '--', place.url, ...wanted]),
    'Listing branches',
  );
  const names = listed.split('\n').map((line) => line.split('\t')[1]);
  const found = wanted.find((name) => names.includes(name));
  if (found) return found;
  throw ref
    ? fieldError('ref', `The repository has no branch or tag “${ref}”.`)
    : new AppError('invalid_input', 'The repository has no commits yet.');
}

async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => []); // before git has made it
  const sizes = await Promise.all(
    names.map((name) =>
      stat(path.join(directory, name)).then(
        ({ size }) => size,
        () => 0, // renamed in this moment
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Ends the fetch when what comes is beyond the limit, or the disk has no room for it. */
function watchSize(place: Workplace, most: number) {
  const stop = new AbortController();
  const look = async () => {
    const received = await sizeOf(path.join(place.directory, 'objects/pack'));
    if (received > most)
      throw new AppError('too_large', `The repository sends more than ${formatBytes(most)}.`);
    await requireDiskSpace(place.directory, 0);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => stop.abort(error));
  }, lookEvery);
  return { signal: AbortSignal.any([place.signal, stop.signal]), end: () => clearInterval(timer) };
}

async function fetchCommit(
  place: Workplace,
  ref: string,
  onProgress: (share: number, phase: string) => void,
  most: number,
): Promise<string> {
  const watch = watchSize(place, most);
  const args = [
    'fetch',
    '--progress',
    '--depth=1',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
  ];
  try {
    const fetched = runGit(
      { ...place, signal: watch.signal },
      [...args, '--', place.url, `+${ref}:refs/fetched`],
      {
        onLine(line) {
          const match = /^(?:remote: )?([A-Z][a-z]+ [a-z]+):\s+(\d+)%/.exec(line);
          if (match) onProgress(Number(match[2]) / 100, match[1]!);
        },
      },
    );
    await requireSuccess(fetched, 'Fetching');
  } finally {
    watch.end();
  }
  const commit = await requireSuccess(
    runGit(place, ['rev-parse', '--verify', '--end-of-options', 'refs/fetched^{commit}']),
    'Reading the commit',
  );
  return commit.trim();
}

/** Takes what is listed apart at each NUL, and keeps what is asked for: a list of all files may be long. */
function keepEntries(wanted: (entry: string) => boolean) {
  const kept: string[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      const entries = (rest + decoder.decode(piece, { stream: true })).split('\0');
      rest = entries.pop() ?? '';
      for (const entry of entries) if (kept.length < maxKept && wanted(entry)) kept.push(entry);
      done();
    },
  });
  return { kept, stream };
}

/** What is in a directory of a commit that a tar does not tell. */
async function look(place: Workplace, tree: string) {
  const list = keepEntries((entry) => entry.startsWith('160000 ') || /[ /]\.gitattributes$/.test(entry));
  const args = ['ls-tree', '-r', '-z', '--format=%(objectmode) %(path)', '--end-of-options', tree];
  await requireSuccess(runGit(place, args, { into: list.stream }), 'Listing the files');
  const of = (isModule: boolean) =>
    list.kept.filter((entry) => entry.startsWith('160000 ') === isModule).map((entry) => entry.slice(7));
  const texts = await Promise.all(
    of(false)
      .slice(0, 20)
      .map((file) => runGit(place, ['cat-file', 'blob', `${tree}${file}`])),
  );
  return { submodules: of(true), usesLfs: texts.some(({ stdout }) => /filter=lfs/.test(stdout)) };
}

/**
 * Fetches one commit, and makes a tar of one directory in it. Git never checks anything out: no hook, filter or link of
 * the repository's gets to act, and the tar goes the way of every uploaded archive.
 */
export async function fetchTree(
  place: Workplace,
  { ref, folder }: { ref: string; folder: string },
  onProgress: (share: number, phase: string) => void,
  most: number = gitLimits.received,
): Promise<FetchedTree> {
  await requireSuccess(runGit(place, ['init', '--quiet', '--bare', '--template=', '.']), 'Preparing');
  await mkdir(path.join(place.directory, 'info'), { recursive: true });
  await writeFile(path.join(place.directory, 'info/attributes'), attributes);
  const commit = await fetchCommit(place, await findRef(place, ref), onProgress, most);
  const tree = `${commit}:${folder}`;
  const type = await runGit(place, ['cat-file', '-t', tree]);
  if (type.stdout.trim() !== 'tree') throw fieldError('folder', `This branch has no folder “${folder}”.`);
  const found = await look(place, folder ? `${tree}/` : tree);
  const archive = path.join(place.directory, 'files.tar');
  await requireSuccess(
    runGit(place, ['archive', '--format=tar', tree], { into: createWriteStream(archive, { flags: 'wx' }) }),
    'Reading the files',
  );
  return { commit, archive, ...found };
}
