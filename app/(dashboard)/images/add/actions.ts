'use server';

import { action } from '@/lib/actions/action';
import * as images from '@/lib/images/commands';

export const startPull = action(images.startPull);
export const startImport = action(images.startImport);
export const startLoad = action(images.startLoad);
