'use client';

const key = 'layerwright-told';
/** Remembered at once; who comes later than so many others does not matter any more. */
const remembered = 100;

function take(id: string): boolean {
  try {
    const told = JSON.parse(localStorage.getItem(key) ?? '[]') as string[];
    if (told.includes(id)) return false;
    localStorage.setItem(key, JSON.stringify([...told, id].slice(-remembered)));
  } catch {
    // Nothing can be kept here, or it was written by something else: better told by every tab than by none.
  }
  return true;
}

/** True for the first of this browser's tabs that asks: only that one tells. */
export async function claimTelling(id: string): Promise<boolean> {
  // Over plain http to another machine there are no locks; two tabs must then ask within a millisecond to tell twice.
  return navigator.locks ? navigator.locks.request(key, () => take(id)) : take(id);
}
