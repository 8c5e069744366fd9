import 'server-only';
import { empty, join, type Sql, sql } from '@/lib/db/sql';
import type { BuildFilter } from './schema';

/** `%` and `_` mean themselves. */
const like = (words: string) => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** Nearly all builds have it: then the newest builds are looked at one by one, and else those of this status. */
const usual = 'succeeded';

/**
 * The query for the ids of the newest builds that match. Each form reads a narrow index from its end, in the order of the list, and stops
 * at the limit: however many builds there are, no row is read that is not shown, and none of the wide ones (Build has
 * the Dockerfile and the list of files in it). CROSS JOIN is SQLite's way of saying which table comes first.
 */
export function buildIdsQuery({ project, status, q, before }: BuildFilter, limit: number): Sql {
  const older = (column: Sql) => (before ? sql`AND ${column} < ${before}` : empty);
  const words = q ? sql`AND build.words LIKE ${like(q)} ESCAPE '\\'` : empty;
  if (status && status !== usual && !q) {
    const ofProject = project
      ? sql`CROSS JOIN Build AS build ON build.operationId = operation.id AND build.projectId = ${project}`
      : empty;
    return sql`
      SELECT operation.id AS id FROM Operation AS operation ${ofProject}
      WHERE operation.kind = 'build' AND operation.status = ${status} ${older(sql`operation.id`)}
      ORDER BY operation.id DESC LIMIT ${limit}`;
  }
  const conditions = [
    ...(project ? [sql`AND build.projectId = ${project}`] : []),
    ...(status ? [sql`AND operation.status = ${status}`] : []),
  ];
  const withStatus = status
    ? sql`CROSS JOIN Operation AS operation ON operation.id = build.operationId`
    : empty;
  return sql`
    SELECT build.operationId AS id FROM Build AS build ${withStatus}
    WHERE TRUE ${words} ${older(sql`build.operationId`)}
    ${conditions.length > 0 ? join(conditions, ' ') : empty}
    ORDER BY build.operationId DESC LIMIT ${limit}`;
}
