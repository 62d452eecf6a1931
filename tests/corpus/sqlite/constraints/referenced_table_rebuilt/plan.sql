-- failing-cast: Values of column public.owners.age cannot be converted from bigint to text. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing column public.owners.age from bigint to text would cut, round or alter values. Correct these rows, choose a wider type, or consent to the loss.
-- change-type: column public.owners.age changes from bigint to text; programs that read it must change with it. Consent when every program that reads the column is ready, or add a second column.
-- rebuild-table: SQLite cannot do this in place, so public.owners is copied into a new table; nobody writes to the file meanwhile: change type of public.owners.age from bigint to text. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "owners__rebuilt" (
  "id" INTEGER NOT NULL,
  "age" TEXT,
  CONSTRAINT "owners_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "owners__rebuilt" ("id", "age")
SELECT "id", schema_cast("age", 'bigint', 'text') FROM "owners";
DROP TABLE "owners";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "owners__rebuilt" RENAME TO "owners";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
