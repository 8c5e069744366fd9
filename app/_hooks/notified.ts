'use client';

const key = 'layerwright-notified';
/** Maximum number of maxRemembered ends; older ones no longer matter. */
const maxRemembered = 100;

function claim(id: string): boolean {
  try {
    const claimed = JSON.parse(localStorage.getItem(key) ?? '[]') as string[];
    if (claimed.includes(id)) return false;
    localStorage.setItem(key, JSON.stringify([...claimed, id].slice(-maxRemembered)));
  } catch {
    // Storage is disabled, or its value is not ours: better every tab notifies than none.
  }
  return true;
}

/** True for the first tab of this browser that asks: only that one notifies. */
export async function claimNotice(id: string): Promise<boolean> {
  // Without a secure context there are no locks; two tabs then notify twice only if they ask within a millisecond.
  return navigator.locks ? navigator.locks.request(key, () => claim(id)) : claim(id);
}
