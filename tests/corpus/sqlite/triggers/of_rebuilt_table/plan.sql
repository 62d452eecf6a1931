-- failing-cast: Values of column public.t.a cannot be converted from bigint to text. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing column public.t.a from bigint to text would cut, round or alter values. Correct these rows, choose a wider type, or consent to the loss.
-- change-type: column public.t.a changes from bigint to text; programs that read it must change with it. Consent when every program that reads the column is ready, or add a second column.
-- rebuild-table: SQLite cannot do this in place, so public.t is copied into a new table; nobody writes to the file meanwhile: change type of public.t.a from bigint to text. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "t__rebuilt" (
  "id" INTEGER NOT NULL,
  "a" TEXT,
  CONSTRAINT "t_pkey" PRIMARY KEY ("id")
) STRICT;
INSERT INTO "t__rebuilt" ("id", "a")
SELECT "id", schema_cast("a", 'bigint', 'text') FROM "t";
DROP TABLE "t";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "t__rebuilt" RENAME TO "t";
PRAGMA legacy_alter_table = OFF;
CREATE TRIGGER logs AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('one'); END;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
