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
  context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
  return {
    expectErrors: (pattern) => void expected.push(pattern),
    check() {
      // The network of the machine changes with each container that starts or ends, and Chromium drops what it loads then.
      const dropped = errors.some((text) => text.includes('net::ERR_NETWORK_CHANGED'));
      const usual = dropped
        ? [...expected, /net::ERR_NETWORK_CHANGED/, /^Failed to fetch RSC payload/]
        : expected;
      const surprising = errors.filter((text) => !usual.some((pattern) => pattern.test(text)));
      expect(surprising, 'unexpected errors in the browser').toEqual([]);
    },
  };
}
