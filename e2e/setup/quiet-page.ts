import { expect, type BrowserContext } from '@playwright/test';

export interface QuietPages {
  /** From now on in this test, console errors that match are expected. */
  expectErrors(pattern: RegExp): void;
  /** Fails when there were others. */
  check(): void;
}

// A container that comes or goes changes the network of the machine, and Chromium drops what is on its way just then.
// It is no fault of the page, whose words and results are tested where they show.
const ofTheMachine = /net::ERR_NETWORK_CHANGED/;

/** Listens to the console errors and uncaught errors of all pages of a browser context. */
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
      // A page that was being read again then is loaded whole instead, and Next says so.
      if (errors.some((text) => ofTheMachine.test(text))) expected.push(/^Failed to fetch RSC payload/);
      const surprising = errors.filter((text) => !expected.some((pattern) => pattern.test(text)));
      expect(surprising, 'unexpected errors in the browser').toEqual([]);
    },
  };
}
