-- drop-column: Dropping public.t.note deletes its values. If the column has a new name, say Column.renamedFrom; if it must go, consent.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
ALTER TABLE "t" DROP COLUMN "note";
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
