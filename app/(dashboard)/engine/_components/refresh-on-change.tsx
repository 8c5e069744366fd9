'use client';

import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';

/** Reads the page again when the engine comes or goes. */
export function RefreshOnChange() {
  useRefreshOnChange();
  return null;
}
