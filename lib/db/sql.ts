import 'server-only';
import { Prisma } from '@/lib/generated/prisma/client';

/** SQL fragments with parameters, for the few queries that Prisma cannot express. */
export const { empty, join, sql } = Prisma;
export type Sql = Prisma.Sql;
