-- Everything until now was on the one engine that the environment names.
ALTER TABLE "Operation" ADD COLUMN "engineId" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "Workbench" ADD COLUMN "engineId" TEXT NOT NULL DEFAULT 'default';
