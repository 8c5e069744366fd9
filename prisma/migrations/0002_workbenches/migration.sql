-- CreateTable
CREATE TABLE "Workbench" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "origin" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "containerId" TEXT NOT NULL,
    "imageId" TEXT NOT NULL,
    "imageReference" TEXT NOT NULL,
    "shell" TEXT NOT NULL DEFAULT '',
    "recording" TEXT NOT NULL DEFAULT 'unknown',
    "options" TEXT NOT NULL,
    "userId" TEXT,
    "userName" TEXT,
    "operationId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" DATETIME,
    "exitCode" INTEGER,
    "oomKilled" BOOLEAN NOT NULL DEFAULT false,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "WorkbenchTerminal" (
    "operationId" TEXT NOT NULL PRIMARY KEY,
    "workbenchId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "pid" INTEGER,
    "execId" TEXT,
    CONSTRAINT "WorkbenchTerminal_workbenchId_fkey" FOREIGN KEY ("workbenchId") REFERENCES "Workbench" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "WorkbenchTerminal_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WorkbenchCommand" (
    "workbenchId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "operationId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "directory" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "shell" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "exitCode" INTEGER,
    "startedAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "outputFrom" REAL NOT NULL,
    "outputTo" REAL,
    "promptSeq" INTEGER NOT NULL DEFAULT 0,
    "promptFrom" REAL NOT NULL DEFAULT 0,
    "changeCount" INTEGER NOT NULL DEFAULT 0,
    "changes" BLOB,
    "environment" TEXT NOT NULL DEFAULT '[]',

    PRIMARY KEY ("workbenchId", "number"),
    CONSTRAINT "WorkbenchCommand_workbenchId_fkey" FOREIGN KEY ("workbenchId") REFERENCES "Workbench" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WorkbenchFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workbenchId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "size" REAL NOT NULL,
    "userName" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "afterCommand" INTEGER NOT NULL,
    CONSTRAINT "WorkbenchFile_workbenchId_fkey" FOREIGN KEY ("workbenchId") REFERENCES "Workbench" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Workbench_containerId_idx" ON "Workbench"("containerId");

-- CreateIndex
CREATE INDEX "Workbench_imageId_idx" ON "Workbench"("imageId");

-- CreateIndex
CREATE INDEX "WorkbenchTerminal_workbenchId_position_idx" ON "WorkbenchTerminal"("workbenchId", "position");

-- CreateIndex
CREATE INDEX "WorkbenchFile_workbenchId_createdAt_idx" ON "WorkbenchFile"("workbenchId", "createdAt");
