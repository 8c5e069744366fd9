'use client';

import { useRefreshOnContainers } from '@/app/_hooks/use-refresh-on-containers';

export function RefreshOnContainers() {
  useRefreshOnContainers();
  return null;
}
