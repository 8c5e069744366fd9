'use server';

import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as builds from '@/lib/builds/commands';

export const startBuild = action(builds.startBuild);
export const deleteBuilds = action(builds.deleteBuilds, refreshed);
