-- orphan-rows: Rows of public.pets point to rows of public.owners that do not exist. Delete these rows, give them a target, or set them to NULL first.
-- rebuild-table: SQLite cannot do this in place, so public.pets is copied into a new table; nobody writes to the file meanwhile: drop foreign key pets_owner_fkey (owner) to public.owners (id) of public.pets; add foreign key pets_owner_fkey (owner) to public.owners (id) to public.pets. Apply it when nobody writes to the file, or while the table is small.
-- rebuild-table: SQLite cannot do this in place, so public.owners is copied into a new table; nobody writes to the file meanwhile: add column public.owners: name text not null default ''. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "pets__rebuilt" (
  "id" INTEGER NOT NULL,
  "owner" INTEGER,
  CONSTRAINT "pets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pets_owner_fkey" FOREIGN KEY ("owner") REFERENCES "owners" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
INSERT INTO "pets__rebuilt" ("id", "owner")
SELECT "id", "owner" FROM "pets";
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "pets__rebuilt" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "owners__rebuilt" (
  "id" INTEGER NOT NULL,
  "name" TEXT NOT NULL DEFAULT (''),
  CONSTRAINT "owners_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "owners__rebuilt" ("id")
SELECT "id" FROM "owners";
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "owners__rebuilt" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
