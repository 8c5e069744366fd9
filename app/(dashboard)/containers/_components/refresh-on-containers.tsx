'use client';

import { useRefreshOnContainers } from '@/app/_hooks/use-refresh-on-change';

export function RefreshOnContainers() {
  useRefreshOnContainers();
  return null;
}
