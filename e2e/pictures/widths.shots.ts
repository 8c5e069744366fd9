import path from 'node:path';
import { crawl } from '@/e2e/setup/pages/crawl';
import { seedEveryPage } from '@/e2e/setup/pages/every-page';
import { test } from '@/e2e/setup/steps-test';

/** Not in the guide: for whoever changes a page, to look at all of it. */
const directory = path.join(import.meta.dirname, '..', '..', '.tmp', 'pages');
const widths = [390, 1024, 1440, 1920];

test.use({ trace: 'off' });
test.describe.configure({ retries: 0 });

test('every page at four widths, light and dark', async ({
  app,
  engine,
  registry,
  adminCookie,
  signedInPage: page,
  quietPages,
}) => {
  test.setTimeout(1_500_000);
  quietPages.expectErrors(/Failed to load resource/); // pages that are left while they load
  const from = await seedEveryPage({ app, engine, registry, adminCookie, page });
  await crawl(page, app, from, async (where) => {
    const name = where.replaceAll(/[^\w[\]]+/g, '-').replace(/^-|-$/g, '') || 'overview';
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({
          path: path.join(directory, `${name}-${width}-${colorScheme}.png`),
          fullPage: true,
          animations: 'disabled',
        });
      }
    }
  });
});
