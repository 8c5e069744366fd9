'use server';

import { action } from '@/lib/actions/action';
import * as images from '@/lib/images/commands';

export const previewRemoval = action(images.previewRemoval);
export const startRemoval = action(images.startRemoval);
