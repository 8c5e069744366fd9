'use client';

import { useEffect, useState } from 'react';
import { readBrowserSetting } from './browser-setting';

/** `unavailable`: the browser has none, or the page came by plain http from another machine. */
export type NoticePermission = 'unavailable' | NotificationPermission;

export const readPermission = (): NoticePermission =>
  typeof Notification === 'undefined' || !window.isSecureContext ? 'unavailable' : Notification.permission;

/** Allowed by the browser, and not switched off here. */
export const mayNotify = (): boolean => readPermission() === 'granted' && readBrowserSetting('notices', true);

/** Null until the page is awake; `ask` only on a click: a browser that is asked unbidden says no for ever. */
export function useNoticePermission(): { permission: NoticePermission | null; ask: () => Promise<void> } {
  const [permission, setPermission] = useState<NoticePermission | null>(null);
  useEffect(() => {
    const look = () => setPermission(readPermission());
    look();
    window.addEventListener('focus', look); // changed in the browser's own settings meanwhile
    return () => window.removeEventListener('focus', look);
  }, []);
  const ask = async () => {
    await Notification.requestPermission();
    setPermission(readPermission());
  };
  return { permission, ask };
}

/** False where the browser has them but not for pages (Chrome on Android). */
export function notify(id: string, title: string, text: string | undefined, onClick: () => void): boolean {
  try {
    const notice = new Notification(title, { body: text, tag: id, icon: '/icon.svg' });
    notice.addEventListener('click', () => {
      window.focus();
      onClick();
      notice.close();
    });
    return true;
  } catch {
    return false;
  }
}
