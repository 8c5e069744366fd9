'use server';

import { refresh } from 'next/cache';
import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as images from '@/lib/images/commands';

export const startPush = action(images.startPush);
export const loadPushOptions = action(images.loadPushOptions);
export const addTag = action(images.addTag, refreshed);

export const removeTag = action(images.removeTag, (result) => {
  if (!result.imageRemoved) refresh(); // the page leaves a removed image by itself
  return result;
});

export const removeImage = action(images.removeImage);
