'use client';

import { useSyncExternalStore } from 'react';
import { type Theme, themeCookie } from '@/lib/format/theme';

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const read = (): Theme => {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
};

function setTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  const age = next === 'system' ? 0 : 365 * 24 * 3600;
  document.cookie = `${themeCookie}=${next}; path=/; max-age=${age}; SameSite=Strict`;
  for (const listener of listeners) listener();
}

/** The theme and its setter; stored in a cookie, so that the server renders it. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore<Theme>(subscribe, read, () => 'system'), setTheme];
}
