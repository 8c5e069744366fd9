'use client';

import { useEffect, useState } from 'react';
import { readBrowserSetting } from './browser-setting';

/** `unavailable`: not supported by the browser, or the page is not in a secure context. */
type NoticePermission = 'unavailable' | NotificationPermission;

const readPermission = (): NoticePermission =>
  typeof Notification === 'undefined' || !window.isSecureContext ? 'unavailable' : Notification.permission;

/** Allowed by the browser and enabled in the settings. */
export const mayNotify = (): boolean => readPermission() === 'granted' && readBrowserSetting('notices', true);

/** Null until hydrated. Call `ask` on a click only: browsers deny unprompted requests for good. */
export function useNoticePermission(): { permission: NoticePermission | null; ask: () => Promise<void> } {
  const [permission, setPermission] = useState<NoticePermission | null>(null);
  useEffect(() => {
    const look = () => setPermission(readPermission());
    look();
    window.addEventListener('focus', look); // may have changed in the browser's settings
    return () => window.removeEventListener('focus', look);
  }, []);
  const ask = async () => {
    await Notification.requestPermission();
    setPermission(readPermission());
  };
  return { permission, ask };
}

/** False if the browser supports notifications only from service workers (Chrome on Android). */
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
