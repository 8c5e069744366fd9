import 'server-only';
import { type Engine, engineCache } from '@/lib/engine/engine';
import { isListening, subscribe } from '@/lib/engine/system/watch';
import { changeCount } from '@/lib/engine/wire/changes';

const told = engineCache('image-changes', () => ({ count: 0 }));

/** Counts what the engine tells of its images, for as long as the server runs. */
export function followImages(engine: Engine): void {
  subscribe(engine, 'images', () => {
    told(engine).count += 1;
  });
}

/** What a list of images was read after; null while nobody would tell that it has changed: nothing may be kept then. */
export const imagesVersion = (engine: Engine): string | null =>
  isListening(engine) ? `${told(engine).count}.${changeCount(engine)}` : null;
