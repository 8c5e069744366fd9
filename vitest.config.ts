import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': import.meta.dirname,
      // Throws outside a server component's build; in a test everything is server.
      'server-only': path.join(import.meta.dirname, 'e2e/setup/empty.ts'),
    },
  },
  test: {
    include: ['lib/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'bin/**/*.test.{js,ts}', 'bench/**/*.test.ts'],
    setupFiles: ['e2e/setup/quiet-console.ts'],
    testTimeout: 20_000,
  },
});
