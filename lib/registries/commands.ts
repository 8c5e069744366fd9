import 'server-only';
import { z } from 'zod';
import { command, noOutput } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { checkRegistry as check } from './check';
import { renewGeneratedLogin, revealGeneratedLogin } from './generated-login';
import { removeRegistry as remove } from './remove';
import { addRegistry as add, editRegistry as edit } from './save';
import { editRegistryInput, newRegistryInput, registryCheck, registryId } from './schema';

const byId = z.object({ id: registryId });
const saved = byId.extend({ check: registryCheck });

/** Saved first: a failed check does not revert it. */
export const addRegistry = command({
  name: 'registry.add',
  permission: 'registry:edit',
  input: newRegistryInput,
  output: saved,
  run: async (input) => {
    const id = await add(input);
    return { id, check: await check(defaultEngine(), id) };
  },
});

export const editRegistry = command({
  name: 'registry.edit',
  permission: 'registry:edit',
  dangerous: true,
  input: editRegistryInput,
  output: saved,
  run: async (input) => {
    await edit(input);
    return { id: input.id, check: await check(defaultEngine(), input.id) };
  },
});

export const checkRegistry = command({
  name: 'registry.check',
  permission: 'push:start',
  input: byId,
  output: registryCheck,
  run: ({ id }) => check(defaultEngine(), id),
});

export const removeRegistry = command({
  name: 'registry.remove',
  permission: 'registry:edit',
  dangerous: true,
  input: byId,
  output: noOutput,
  run: ({ id }) => remove(id),
});

/** Changes nothing, but is a command: the audit log has who saw the password. */
export const revealRegistryLogin = command({
  name: 'registry.reveal-login',
  permission: 'registry:edit',
  dangerous: true,
  input: byId,
  output: z.object({ username: z.string(), password: z.string() }),
  run: ({ id }) => revealGeneratedLogin(id),
});

export const renewRegistryLogin = command({
  name: 'registry.renew-login',
  permission: 'registry:edit',
  dangerous: true,
  input: byId,
  output: noOutput,
  run: ({ id }) => renewGeneratedLogin(id),
});
