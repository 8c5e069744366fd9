'use client';

import { useRefreshOnImages } from '@/app/_hooks/use-refresh-on-change';

export function RefreshOnImages() {
  useRefreshOnImages();
  return null;
}
