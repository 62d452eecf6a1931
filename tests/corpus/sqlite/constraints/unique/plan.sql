-- duplicate-rows: Rows of public.t are equal in what unique constraint t_a_b_key of public.t makes unique. Remove or merge the duplicates first.
-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: drop unique t_a_key (a) of public.t. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building unique constraint t_a_b_key of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "a" TEXT,
  "b" TEXT,
  CONSTRAINT "t_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "t__rebuilt" ("id", "a", "b")
SELECT "id", "a", "b" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "t_a_b_key" /* constraint */ ON "t" ("a", "b");
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
