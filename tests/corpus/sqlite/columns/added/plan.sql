-- check-violations: Rows of public.t do not satisfy check t_1_check of public.t. Correct these rows first, or loosen the check.
-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: add column public.t: note text; add column public.t: n bigint not null default 3; add column public.t: flag text default 'no'; add check t_1_check (flag IN ('yes', 'no')) to public.t. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "note" TEXT,
  "n" INTEGER NOT NULL DEFAULT (3),
  "flag" TEXT DEFAULT ('no'),
  CONSTRAINT "t_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "t_1_check" CHECK (flag IN ('yes', 'no'))
) STRICT;
INSERT INTO "t__rebuilt" ("id")
SELECT "id" FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
