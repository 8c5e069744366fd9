-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" DATETIME
);

-- CreateTable
CREATE TABLE "LoginSession" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" DATETIME NOT NULL,
    "address" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "LoginSession_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Registry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "username" TEXT,
    "sealedPassword" TEXT,
    "scheme" TEXT NOT NULL DEFAULT 'auto',
    "local" BOOLEAN NOT NULL DEFAULT false,
    "checkedAt" DATETIME,
    "checkStatus" TEXT,
    "checkMessage" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "options" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ProjectSecret" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ProjectSecret_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Operation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "result" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "userId" TEXT,
    "userName" TEXT,
    "parentId" TEXT,
    "runnerId" TEXT,
    "queuedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" DATETIME,
    "endedAt" DATETIME,
    "cancelledAt" DATETIME,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT,
    "stateSeq" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "EventChunk" (
    "operationId" TEXT NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "data" BLOB NOT NULL,

    PRIMARY KEY ("operationId", "firstSeq"),
    CONSTRAINT "EventChunk_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LogRange" (
    "operationId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "firstLine" INTEGER NOT NULL,
    "endLine" INTEGER NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "tail" TEXT,

    PRIMARY KEY ("operationId", "step", "firstSeq"),
    CONSTRAINT "LogRange_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Step" (
    "operationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "line" INTEGER,
    "startedAt" REAL,
    "completedAt" REAL,
    "cached" BOOLEAN NOT NULL,
    "error" TEXT,

    PRIMARY KEY ("operationId", "position"),
    CONSTRAINT "Step_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Build" (
    "operationId" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT,
    "projectName" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "dockerfile" TEXT NOT NULL,
    "dockerfileText" TEXT,
    "options" TEXT NOT NULL,
    "contextDigest" TEXT,
    "contextBytes" REAL,
    "contextCount" INTEGER,
    "contextFiles" BLOB,
    "bases" TEXT NOT NULL DEFAULT '[]',
    "engine" TEXT,
    "builder" TEXT,
    "imageId" TEXT,
    "imageSize" REAL,
    "steps" INTEGER NOT NULL DEFAULT 0,
    "cachedSteps" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Build_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Build_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "User_name_key" ON "User"("name");

-- CreateIndex
CREATE INDEX "LoginSession_userId_idx" ON "LoginSession"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Registry_host_key" ON "Registry"("host");

-- CreateIndex
CREATE UNIQUE INDEX "Project_name_key" ON "Project"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Project_folder_key" ON "Project"("folder");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectSecret_projectId_name_key" ON "ProjectSecret"("projectId", "name");

-- CreateIndex
CREATE INDEX "Operation_status_id_idx" ON "Operation"("status", "id");

-- CreateIndex
CREATE INDEX "Operation_kind_id_idx" ON "Operation"("kind", "id");

-- CreateIndex
CREATE INDEX "Operation_parentId_idx" ON "Operation"("parentId");

-- CreateIndex
CREATE INDEX "LogRange_operationId_step_firstLine_idx" ON "LogRange"("operationId", "step", "firstLine");

-- CreateIndex
CREATE INDEX "Build_projectId_operationId_idx" ON "Build"("projectId", "operationId");

-- CreateIndex
CREATE INDEX "Build_imageId_idx" ON "Build"("imageId");
