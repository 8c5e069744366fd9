'use server';

import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as git from '@/lib/projects/git/commands';

export const createFromGit = action(git.createFromGit);
export const refreshFromGit = action(git.refreshFromGit);
export const changeGit = action(git.changeGit, refreshed);
export const connectGit = action(git.connectGit, refreshed);
export const disconnectGit = action(git.disconnectGit, refreshed);
export const readHostKeys = action(git.readHostKeys);
export const readFetchResult = action(git.readFetchResult);
