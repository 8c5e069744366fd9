import type { Page } from '@playwright/test';

/** Alerts of the page; Next's route announcer is an alert, too. */
export const alertOf = (page: Page) => page.locator('[role=alert]:not(#__next-route-announcer__)');
