-- AlterTable
ALTER TABLE "Build" ADD COLUMN "words" TEXT NOT NULL DEFAULT '';

-- What lib/builds/store.ts writes for a new build: the project's name and the tags, one a line.
UPDATE "Build" SET "words" = "projectName" || coalesce(
    (SELECT char(10) || group_concat(tag.value, char(10)) FROM json_each("Build"."options", '$.tags') AS tag), '');

-- CreateIndex
CREATE INDEX "Build_operationId_words_idx" ON "Build"("operationId", "words");

-- CreateIndex
CREATE INDEX "Operation_kind_status_id_idx" ON "Operation"("kind", "status", "id");
