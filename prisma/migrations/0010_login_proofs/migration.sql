-- AlterTable
ALTER TABLE "LoginSession" ADD COLUMN "provedAt" DATETIME;

-- A login session begins with a password.
UPDATE "LoginSession" SET "provedAt" = "createdAt";
