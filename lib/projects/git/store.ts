import 'server-only';
import { earliestNow } from '@/lib/clock';
import { db, type Transaction } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ProjectId } from '@/lib/ids';
import { seal, unseal } from '@/lib/secrets/seal';
import {
  gitLogin,
  type GitLogin,
  type GitSettings,
  gitSettings,
  type GitSource,
  parseGitUrl,
} from './schema';

interface Row {
  id: string;
  projectId: ProjectId | null;
  url: string;
  ref: string;
  folder: string;
  login: string;
  commit: string | null;
  fetchedAt: Date | null;
}

const shown = {
  id: true,
  projectId: true,
  url: true,
  ref: true,
  folder: true,
  login: true,
  commit: true,
  fetchedAt: true,
};

const toSource = (row: Row): GitSource => ({
  ...row,
  login: row.login as GitLogin['kind'],
  fetchedAt: row.fetchedAt?.getTime() ?? null,
});

/** Bound to the server that it is for: with another one in the address the login does not open. */
function contextOf(id: string, url: string): string {
  const parsed = parseGitUrl(url);
  if (!parsed.ok) throw new AppError('invalid_input', parsed.reason);
  const { protocol, host, port } = parsed.address;
  return `git:${id}:${protocol}://${host}:${port ?? ''}:login`;
}

const sealed = (id: string, url: string, login: GitLogin) =>
  login.kind === 'none' ? null : seal(JSON.stringify(login), contextOf(id, url));

type Where = Pick<GitSource, 'url' | 'ref' | 'folder'>;

export async function insertSource(
  source: Where & { id: string; projectId?: ProjectId },
  login: GitLogin,
  tx: Transaction = db(),
): Promise<void> {
  const sealedLogin = sealed(source.id, source.url, login);
  await tx.projectSource.create({ data: { ...source, login: login.kind, sealedLogin } });
}

/** Without a login the stored one goes on to be used, and for its own server only. */
export async function changeSource(id: string, where: Where, login: GitLogin | undefined): Promise<void> {
  const before = await getSource(id);
  const moved = contextOf(id, before.url) !== contextOf(id, where.url);
  if (!login && moved && before.login !== 'none') {
    const message = 'This is a different server: enter its login.';
    throw new AppError('invalid_input', message, { fields: { 'login.kind': message } });
  }
  const kept = login ?? (await openLogin(id));
  await db().projectSource.update({
    where: { id },
    data: { ...where, login: kept.kind, sealedLogin: sealed(id, where.url, kept) },
  });
}

export async function findProjectSource(projectId: ProjectId): Promise<GitSource | null> {
  const row = await db().projectSource.findUnique({ where: { projectId }, select: shown });
  return row && toSource(row);
}

export async function getSource(id: string): Promise<GitSource> {
  const row = await db().projectSource.findUnique({ where: { id }, select: shown });
  if (!row) throw new AppError('not_found', 'This project has no repository.');
  return toSource(row);
}

/** For fetching only. */
export async function openLogin(id: string): Promise<GitLogin> {
  const row = await db().projectSource.findUniqueOrThrow({ where: { id } });
  if (!row.sealedLogin) return { kind: 'none' };
  return gitLogin.parse(JSON.parse(unseal(row.sealedLogin, contextOf(id, row.url)).toString('utf8')));
}

/** What was fetched, and for which project. */
export async function recordFetch(
  { id, projectId, commit }: { id: string; projectId: ProjectId; commit: string },
  tx: Transaction = db(),
): Promise<void> {
  await tx.projectSource.update({ where: { id }, data: { projectId, commit, fetchedAt: new Date() } });
}

export async function deleteSource(id: string): Promise<void> {
  await db().projectSource.deleteMany({ where: { id } });
}

/** Sources, with their logins, of first fetches that never made a project. */
export async function sweepSources(now = earliestNow()): Promise<void> {
  const dayAgo = new Date(now - 24 * 60 * 60 * 1000);
  await db().projectSource.deleteMany({ where: { projectId: null, createdAt: { lt: dayAgo } } });
}

const settingsKey = 'git';

export async function readGitSettings(): Promise<GitSettings> {
  const row = await db().setting.findUnique({ where: { key: settingsKey } });
  return gitSettings.parse(row ? JSON.parse(row.value) : {});
}

export async function writeGitSettings(settings: GitSettings): Promise<void> {
  const value = JSON.stringify(settings);
  await db().setting.upsert({
    where: { key: settingsKey },
    create: { key: settingsKey, value },
    update: { value },
  });
}
