import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Runs server code outside the server: see seed-log.ts. */
export default defineConfig({
  resolve: {
    alias: {
      '@': path.join(import.meta.dirname, '../..'),
      'server-only': path.join(import.meta.dirname, '../../e2e/setup/empty.ts'),
    },
  },
  test: { include: ['bench/setup/seed-log.ts'], testTimeout: 180_000 },
});
