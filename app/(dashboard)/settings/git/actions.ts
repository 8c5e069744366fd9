'use server';

import { action } from '@/lib/actions/inline';
import { gitSettings } from '@/lib/projects/git/schema';
import { writeGitSettings } from '@/lib/projects/git/store';

export const saveGitSettings = action({
  permission: 'settings:edit',
  input: gitSettings,
  run: (settings) => writeGitSettings(settings),
});
