'use server';

import { action } from '@/lib/actions/action';
import * as git from '@/lib/projects/git/commands';

export const saveGitSettings = action(git.saveGitSettings);
