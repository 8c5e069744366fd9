import { test } from '@playwright/test';

/** A row of the table. */
export interface Measurement {
  what: string;
  target: string;
  measured: string;
  met: boolean;
}

export const annotation = 'measured';

/** Adds a row to the table; a missed target does not fail the benchmark. */
export function note(measurement: Measurement): void {
  test.info().annotations.push({ type: annotation, description: JSON.stringify(measurement) });
}
