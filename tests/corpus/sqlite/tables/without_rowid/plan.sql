-- rebuild-table: SQLite cannot do this in place, so public.codes is copied into a new table; nobody writes to the file meanwhile: keep public.codes by its primary key, without rowid. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE "codes__rebuilt" (
  "code" TEXT NOT NULL,
  "label" TEXT,
  CONSTRAINT "codes_pkey" PRIMARY KEY ("code")
) STRICT, WITHOUT ROWID;
INSERT INTO "codes__rebuilt" ("code", "label")
SELECT "code", "label" FROM "codes";
DROP TABLE "codes";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "codes__rebuilt" RENAME TO "codes";
PRAGMA legacy_alter_table = OFF;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
