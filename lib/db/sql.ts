import 'server-only';
import { Prisma } from '@/lib/generated/prisma/client';

/** Pieces of SQL whose values are parameters, for the few queries that a store must word itself. */
export const { empty, join, sql } = Prisma;
export type Sql = Prisma.Sql;
