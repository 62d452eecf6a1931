-- orphan-rows: Rows of public.pets point to rows of public.owners that do not exist. Delete these rows, give them a target, or set them to NULL first.
-- rebuild-table: SQLite cannot do this in place, so public.pets is copied into a new table; nobody writes to the file meanwhile: add foreign key pets_owner_fkey (owner) to public.owners (id) to public.pets. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "pets__rebuilt" (
  "id" INTEGER NOT NULL,
  "owner" INTEGER,
  CONSTRAINT "pets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pets_owner_fkey" FOREIGN KEY ("owner") REFERENCES "owners" ("id") ON DELETE CASCADE
) STRICT;
INSERT INTO "pets__rebuilt" ("id", "owner")
SELECT "id", "owner" FROM "pets";
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "pets__rebuilt" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
