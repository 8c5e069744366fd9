'use client';

import { useRefreshOnChange } from '@/app/_hooks/use-refresh-on-change';

/** Keeps a page that the server rendered up to date with what runs, and with the engine's coming and going. */
export function RefreshOnChange() {
  useRefreshOnChange();
  return null;
}
