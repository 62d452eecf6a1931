-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: drop column public.t.d; add column public.t: d bigint generated as (a * 3) stored; add column public.t: v bigint generated as (a + 1) virtual. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "a" INTEGER,
  "d" INTEGER GENERATED ALWAYS AS (a * 3) STORED,
  "v" INTEGER GENERATED ALWAYS AS (a + 1) VIRTUAL,
  CONSTRAINT "t_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "t__rebuilt" ("id", "a")
SELECT "id", "a" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
