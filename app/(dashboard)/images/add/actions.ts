'use server';

import { action } from '@/lib/actions/inline';
import { startImport as beginImport } from '@/lib/images/archives/import';
import { startLoad as beginLoad } from '@/lib/images/archives/load';
import { importInput, loadInput } from '@/lib/images/archives/schema';
import { startPull as beginPull } from '@/lib/images/pull/pull';
import { pullInput } from '@/lib/images/pull/schema';

export const startPull = action({
  permission: 'image:pull',
  input: pullInput,
  run: async (input, { user }) => ({ id: await beginPull(input, user) }),
});

export const startImport = action({
  permission: 'image:load',
  input: importInput,
  run: async (input, { user }) => ({ id: await beginImport(input, user) }),
});

export const startLoad = action({
  permission: 'image:load',
  input: loadInput,
  run: async (input, { user }) => ({ id: await beginLoad(input, user) }),
});
