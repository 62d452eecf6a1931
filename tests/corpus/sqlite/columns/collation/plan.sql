-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: change collation of public.t.name from none to NOCASE. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "name" TEXT COLLATE "NOCASE",
  CONSTRAINT "t_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "t__rebuilt" ("id", "name")
SELECT "id", "name" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
