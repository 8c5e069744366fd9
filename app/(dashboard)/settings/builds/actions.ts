'use server';

import { formAction } from '@/lib/actions/form-action';
import { expireBuilds } from '@/lib/builds/retention';
import { buildSettings } from '@/lib/builds/schema';
import { changeBuildSettings } from '@/lib/builds/settings';

export const saveBuildSettings = formAction({
  permission: 'settings:edit',
  input: buildSettings,
  run: async (settings) => {
    await changeBuildSettings(settings);
    return { expired: await expireBuilds() };
  },
});
