import { z } from 'zod';

export const backupName = z.string().regex(/^[\w.-]{1,200}\.db$/, 'This is not the name of a backup.');
