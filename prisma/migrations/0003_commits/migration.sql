-- CreateTable
CREATE TABLE "Commit" (
    "operationId" TEXT NOT NULL PRIMARY KEY,
    "containerId" TEXT NOT NULL,
    "containerName" TEXT NOT NULL,
    "imageId" TEXT,
    "reference" TEXT,
    "baseId" TEXT,
    "baseName" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "way" TEXT,
    "leftOut" INTEGER NOT NULL DEFAULT 0,
    "changes" TEXT NOT NULL,
    "kept" BLOB,
    "held" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Commit_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Proof" (
    "projectId" TEXT NOT NULL PRIMARY KEY,
    "imageId" TEXT NOT NULL,
    "imageName" TEXT NOT NULL,
    "baseId" TEXT NOT NULL,
    "commitId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Proof_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Comparison" (
    "operationId" TEXT NOT NULL PRIMARY KEY,
    "projectId" TEXT,
    "buildId" TEXT,
    "imageId" TEXT NOT NULL,
    "builtId" TEXT NOT NULL,
    "baseId" TEXT NOT NULL,
    "agree" INTEGER,
    "volatile" INTEGER,
    "different" INTEGER,
    "missing" INTEGER,
    "extra" INTEGER,
    "differences" BLOB,
    CONSTRAINT "Comparison_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Comparison_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Commit_imageId_idx" ON "Commit"("imageId");

-- CreateIndex
CREATE INDEX "Commit_containerId_idx" ON "Commit"("containerId");

-- CreateIndex
CREATE INDEX "Comparison_projectId_operationId_idx" ON "Comparison"("projectId", "operationId");
