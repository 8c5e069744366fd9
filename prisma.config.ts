import { defineConfig } from 'prisma/config';

// The CLI downloads a schema engine for every command, even `generate`, which never runs it; pointing this variable
// at any existing file skips that. Migrations do not come this way: see bin/migration.js.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE = '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
