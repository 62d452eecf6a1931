-- duplicate-rows: Rows of public.t are equal in what primary key t_pkey of public.t makes unique. Remove or merge the duplicates first.
-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: drop primary key t_pkey (a) of public.t; add primary key t_pkey (a, b) to public.t. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "a" INTEGER NOT NULL,
  "b" INTEGER NOT NULL,
  "c" TEXT,
  CONSTRAINT "t_pkey" PRIMARY KEY ("a", "b")
) STRICT;
INSERT INTO "t__rebuilt" (rowid, "a", "b", "c")
SELECT rowid, "a", "b", "c" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
