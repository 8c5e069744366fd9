import { expect, test, vi } from 'vitest';
import { removeContainer } from '@/lib/engine/containers/containers';
import { createContainer } from '@/lib/engine/containers/create';
import { removeImage, tagImage } from '@/lib/engine/images/images';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { isListening, subscribe, watchEngine } from './watch';

describeEngine('the watch on an engine', () => {
  test('notices new tags and containers', async () => {
    const told = { containers: 0, images: 0 };
    for (const topic of ['containers', 'images'] as const) subscribe(engine, topic, () => (told[topic] += 1));
    /** Does not count exactly: other suites use the same engine. */
    const notices = async (topics: (keyof typeof told)[], change: () => Promise<unknown>) => {
      const before = { ...told };
      await change();
      await vi.waitFor(() => {
        for (const topic of topics) expect(told[topic], topic).toBeGreaterThan(before[topic]);
      });
    };
    await notices(['containers', 'images'], () => watchEngine(engine));
    expect(isListening(engine)).toBe(true);
    await notices(['images'], () => tagImage(engine, baseImage, 'lw-test-watch:1'));
    await notices(['images'], () => removeImage(engine, 'lw-test-watch:1', { force: false }));
    let id = '';
    await notices(['containers', 'images'], async () => {
      ({ id } = await createContainer(engine, { image: baseImage, command: ['true'] }));
    });
    await notices(['containers', 'images'], () => removeContainer(engine, id));
  });
});
