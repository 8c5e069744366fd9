import type { Page } from '@playwright/test';

/** What the page itself announces as gone wrong; Next's own announcer of new pages is an alert too. */
export const alertOf = (page: Page) => page.locator('[role=alert]:not(#__next-route-announcer__)');
