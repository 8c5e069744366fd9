'use client';

import { useSyncExternalStore } from 'react';

/** A setting of this browser, in local storage and shared by its tabs. */
type BrowserSetting = 'notices' | 'single-keys';

const listeners = new Set<() => void>();
const keyOf = (name: BrowserSetting) => `layerwright-${name}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener); // another tab changed it
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function readBrowserSetting(name: BrowserSetting, standard: boolean): boolean {
  try {
    const kept = localStorage.getItem(keyOf(name));
    return kept === null ? standard : kept === 'on';
  } catch {
    return standard; // storage is disabled
  }
}

function writeBrowserSetting(name: BrowserSetting, on: boolean): void {
  try {
    localStorage.setItem(keyOf(name), on ? 'on' : 'off');
  } catch {
    return; // storage is disabled: the setting stays unchanged
  }
  for (const listener of listeners) listener();
}

export function useBrowserSetting(name: BrowserSetting, standard: boolean): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => readBrowserSetting(name, standard),
    () => standard,
  );
  return [on, (next) => writeBrowserSetting(name, next)];
}
