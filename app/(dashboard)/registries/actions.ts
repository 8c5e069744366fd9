'use server';

import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as registries from '@/lib/registries/commands';

export const addRegistry = action(registries.addRegistry);
export const editRegistry = action(registries.editRegistry, refreshed);
export const checkRegistry = action(registries.checkRegistry, refreshed);
export const removeRegistry = action(registries.removeRegistry, refreshed);
export const revealRegistryLogin = action(registries.revealRegistryLogin);
export const renewRegistryLogin = action(registries.renewRegistryLogin, refreshed);
