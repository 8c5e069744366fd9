-- CreateTable
CREATE TABLE "AuditEntry" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" TEXT NOT NULL,
    "userId" TEXT,
    "userName" TEXT,
    "address" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "errorCode" TEXT,
    "askedSeq" INTEGER,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    CONSTRAINT "AuditEntry_askedSeq_fkey" FOREIGN KEY ("askedSeq") REFERENCES "AuditEntry" ("seq") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_askedSeq_key" ON "AuditEntry"("askedSeq");

-- CreateIndex
CREATE INDEX "AuditEntry_userName_seq_idx" ON "AuditEntry"("userName", "seq");

-- CreateIndex
CREATE INDEX "AuditEntry_command_seq_idx" ON "AuditEntry"("command", "seq");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

-- Prisma knows no triggers: a later migration that rebuilds the table must create them again.
CREATE TRIGGER "AuditEntry_no_update" BEFORE UPDATE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'The audit log is append-only.');
END;

CREATE TRIGGER "AuditEntry_no_delete" BEFORE DELETE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'The audit log is append-only.');
END;

-- Also INSERT OR REPLACE, which fires no trigger of deletion.
CREATE TRIGGER "AuditEntry_chain" BEFORE INSERT ON "AuditEntry"
WHEN NEW."seq" <> (SELECT coalesce(max("seq"), 0) + 1 FROM "AuditEntry")
    OR NEW."previousHash" <> coalesce((SELECT "hash" FROM "AuditEntry" ORDER BY "seq" DESC LIMIT 1), '')
BEGIN
    SELECT RAISE(ABORT, 'An audit entry must continue the chain.');
END;
