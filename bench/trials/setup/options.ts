import { z } from 'zod';

const schema = z.object({
  seed: z.coerce.number().int().default(1),
  kills: z.coerce.number().int().min(1).default(200),
  minutes: z.coerce.number().positive().default(20),
  /** Of works; empty: all. */
  names: z.array(z.string()).default([]),
});

/** What the command was called with, from bin/test.js. */
export const trialOptions = schema.parse(JSON.parse(process.env.LAYERWRIGHT_TRIAL || '{}'));
