import { test } from '@playwright/test';

/** One line of the table. */
export interface Measurement {
  what: string;
  target: string;
  measured: string;
  met: boolean;
}

export const annotation = 'measured';

/** Into the table; a target that is missed fails nothing. */
export function note(measurement: Measurement): void {
  test.info().annotations.push({ type: annotation, description: JSON.stringify(measurement) });
}
