-- By the user and key of its request: a replay of the request finds the operation and starts no second one.
ALTER TABLE "Operation" ADD COLUMN "requestKey" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Operation_requestKey_key" ON "Operation"("requestKey");
