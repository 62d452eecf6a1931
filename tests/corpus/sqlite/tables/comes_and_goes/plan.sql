-- drop-table: Dropping public.goes deletes its rows. If the table has a new name, say Table.renamedFrom; if it must go, consent.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP TABLE "goes";
CREATE TABLE "comes" (
  "id" INTEGER NOT NULL,
  "at" TEXT NOT NULL DEFAULT ('now'),
  CONSTRAINT "comes_pkey" PRIMARY KEY ("id")
) STRICT;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
