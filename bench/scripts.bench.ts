import { gzipSync } from 'node:zlib';
import { findPage, crawl } from '@/e2e/setup/pages/crawl';
import { ask } from '@/e2e/setup/pages/raw-request';
import { seedEveryPage } from '@/e2e/setup/pages/every-page';
import { listPages } from '@/e2e/setup/pages/routes';
import { expect, test } from './setup/bench';
import { note } from './setup/measure';

const limit = 200;

test('JavaScript of the first load of every page', async ({
  app,
  engine,
  registry,
  adminCookie,
  signedInPage: page,
}) => {
  test.setTimeout(4 * 60_000);
  const from = await seedEveryPage({ app, engine, registry, adminCookie, page });
  const weights = new Map<string, number>();

  const weigh = async (script: string): Promise<number> => {
    const known = weights.get(script);
    if (known !== undefined) return known;
    const { status, text } = await ask(app, script);
    expect(status, script).toBe(200);
    const weight = gzipSync(text).length;
    weights.set(script, weight);
    return weight;
  };
  const pages = new Map<string, number>();
  const reached = await crawl(page, app, from, async (address) => {
    const { status, text } = await ask(app, address, { headers: { cookie: adminCookie } });
    if (status !== 200) return; // a redirect
    // Scripts marked noModule are for browsers that the app does not support.
    const scripts = [...text.matchAll(/<script(?![^>]*noModule)[^>]+src="(\/_next\/[^"]+)"/gi)].map(
      ([, src]) => src ?? '',
    );
    let total = 0;
    for (const script of new Set(scripts)) total += await weigh(script);
    const route = findPage(address) ?? address;
    pages.set(route, Math.max(pages.get(route) ?? 0, total));
  });
  expect(reached).toEqual(listPages().toSorted());
  for (const [route, bytes] of [...pages].toSorted(([, one], [, other]) => other - one))
    note({
      what: `JavaScript of the first load, gzip: \`${route}\``,
      target: `≤ ${limit} kB`,
      measured: `${(bytes / 1000).toFixed(0)} kB`,
      met: bytes <= limit * 1000,
    });
});
