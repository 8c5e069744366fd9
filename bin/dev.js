// @ts-check
/** `npm run dev`: as `npm start`, with `next dev` and nothing built beforehand. */
import { serve } from './serve.js';

await serve('dev');
