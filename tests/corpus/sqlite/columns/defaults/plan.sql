-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: drop default of public.t.a; set default of public.t.b to 7; set default of public.t.c to 2. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "a" TEXT,
  "b" INTEGER DEFAULT (7),
  "c" INTEGER DEFAULT (2),
  CONSTRAINT "t_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "t__rebuilt" ("id", "a", "b", "c")
SELECT "id", "a", "b", "c" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
