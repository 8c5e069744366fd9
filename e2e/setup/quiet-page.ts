import { expect, type BrowserContext } from '@playwright/test';

export interface QuietPages {
  /** Ignores matching console errors for the rest of this test. */
  expectErrors(pattern: RegExp): void;
  /** Fails if there were others. */
  check(): void;
}

// A container that appears or disappears changes the network interfaces, and Chromium aborts its requests. Not an
// error of the page, whose results are tested elsewhere.
const ofTheMachine = /net::ERR_NETWORK_CHANGED/;

/** Collects console errors and uncaught errors of all pages of a browser context. */
export function listenForErrors(context: BrowserContext): QuietPages {
  const errors: string[] = [];
  const expected: RegExp[] = [ofTheMachine];
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => errors.push(error.error().stack || error.error().message));
  return {
    expectErrors: (pattern) => void expected.push(pattern),
    check() {
      // Next reports a page whose navigation was aborted and is loaded as a whole instead.
      if (errors.some((text) => ofTheMachine.test(text))) expected.push(/^Failed to fetch RSC payload/);
      const surprising = errors.filter((text) => !expected.some((pattern) => pattern.test(text)));
      expect(surprising, 'unexpected errors in the browser').toEqual([]);
    },
  };
}
