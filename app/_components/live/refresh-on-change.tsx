'use client';

import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';

/** Refreshes a server-rendered page when operations or the engine's status change. */
export function RefreshOnChange() {
  useRefreshOnChange();
  return null;
}
