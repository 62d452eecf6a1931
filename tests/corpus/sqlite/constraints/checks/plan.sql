-- check-violations: Rows of public.t do not satisfy check few of public.t. Correct these rows first, or loosen the check.
-- check-violations: Rows of public.t do not satisfy check fresh of public.t. Correct these rows first, or loosen the check.
-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: drop check few (n < 10) of public.t; drop check old (n <> 5) of public.t; add check few (n < 20) to public.t; add check fresh (n > 0) to public.t. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "n" INTEGER,
  CONSTRAINT "t_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "few" CHECK (n < 20),
  CONSTRAINT "fresh" CHECK (n > 0)
) STRICT;
INSERT INTO "t__rebuilt" ("id", "n")
SELECT "id", "n" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
