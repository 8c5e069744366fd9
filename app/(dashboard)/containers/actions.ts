'use server';

import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as containers from '@/lib/containers/commands';

export const changeContainer = action(containers.changeContainer, refreshed);
export const loadContainerRemoval = action(containers.loadContainerRemoval);
export const removeContainer = action(containers.removeContainer);
export const runImage = action(containers.runImage);
