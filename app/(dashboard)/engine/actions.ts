'use server';

import { action } from '@/lib/actions/action';
import * as disk from '@/lib/disk/commands';

export const startPrune = action(disk.startPrune);
