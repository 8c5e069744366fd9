// @ts-check
/** `npm run dev`: like `npm start`, with `next dev` and without a build. */
import { serve } from './serve.js';

await serve('dev');
