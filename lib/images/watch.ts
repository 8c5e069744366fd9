import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { isListening, subscribe } from '@/lib/engine/system/watch';
import { changeCount } from '@/lib/engine/wire/changes';

const told = engineCache('image-changes', () => ({ count: 0 }));

/** Counts the engine's events about images until the process ends. */
export function followImages(engine: Engine): void {
  subscribe(engine, 'images', () => {
    told(engine).count += 1;
  });
}

/**
 * A cached list of images is valid for this version only; null while changes would not be noticed: do not cache then.
 */
export const imagesVersion = (engine: Engine): string | null =>
  isListening(engine) ? `${told(engine).count}.${changeCount(engine)}` : null;
