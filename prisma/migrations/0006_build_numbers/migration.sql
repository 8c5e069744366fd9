-- Builds that were started at once could get one number. Each but the first gets the next, and later ones move up by
-- as many; the order of the numbers stays. Titles first: they are found by the number that they have now.
UPDATE "Operation" SET "title" = "numbered"."projectName" || ' #' || "numbered"."next" FROM (
    SELECT "operationId", "projectName", "number",
        "number" + row_number() OVER (PARTITION BY "projectId" ORDER BY "number", "operationId")
            - dense_rank() OVER (PARTITION BY "projectId" ORDER BY "number") AS "next"
    FROM "Build" WHERE "projectId" IS NOT NULL
) AS "numbered"
WHERE "numbered"."operationId" = "Operation"."id" AND "numbered"."next" <> "numbered"."number"
    AND "Operation"."title" = "numbered"."projectName" || ' #' || "numbered"."number";

UPDATE "Build" SET "number" = "numbered"."next" FROM (
    SELECT "operationId", "projectName", "number",
        "number" + row_number() OVER (PARTITION BY "projectId" ORDER BY "number", "operationId")
            - dense_rank() OVER (PARTITION BY "projectId" ORDER BY "number") AS "next"
    FROM "Build" WHERE "projectId" IS NOT NULL
) AS "numbered"
WHERE "numbered"."operationId" = "Build"."operationId" AND "numbered"."next" <> "numbered"."number";

-- CreateIndex
CREATE UNIQUE INDEX "Build_projectId_number_key" ON "Build"("projectId", "number");

-- Operations whose preparation failed: nobody was told their ids, and they waited for ever.
DELETE FROM "Build" WHERE "operationId" IN (SELECT "id" FROM "Operation" WHERE "status" = 'queued' AND "runnerId" = 'held');
DELETE FROM "Commit" WHERE "operationId" IN (SELECT "id" FROM "Operation" WHERE "status" = 'queued' AND "runnerId" = 'held');
DELETE FROM "Comparison" WHERE "operationId" IN (SELECT "id" FROM "Operation" WHERE "status" = 'queued' AND "runnerId" = 'held');
DELETE FROM "WorkbenchTerminal" WHERE "operationId" IN (SELECT "id" FROM "Operation" WHERE "status" = 'queued' AND "runnerId" = 'held');
DELETE FROM "Operation" WHERE "status" = 'queued' AND "runnerId" = 'held';
