-- rebuild-table: SQLite cannot do this in place, so public.pets is copied into a new table; nobody writes to the file meanwhile: drop check pets_2_check (age < 100) of public.pets; drop foreign key pets_other_fkey (other) to public.owners (id) of public.pets; drop foreign key pets_owner_fkey (owner) to public.owners (id) of public.pets. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "pets__rebuilt" (
  "id" INTEGER NOT NULL,
  "owner" INTEGER,
  "other" INTEGER,
  "age" INTEGER,
  CONSTRAINT "pets_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "pets_1_check" CHECK (age > 0)
) STRICT;
INSERT INTO "pets__rebuilt" ("id", "owner", "other", "age")
SELECT "id", "owner", "other", "age" FROM "pets";
DROP TABLE "pets";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "pets__rebuilt" RENAME TO "pets";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
