'use server';

import { action } from '@/lib/actions/action';
import { formAction } from '@/lib/actions/form-action';
import { revalidated } from '@/lib/actions/refreshed';
import * as storage from '@/lib/storage/commands';

const page = '/settings/storage';

export const makeBackup = action(storage.makeBackup, revalidated(page));
export const checkBackup = formAction(storage.checkBackup, revalidated(page));
