-- duplicate-rows: Rows of public.t are equal in what index t_b of public.t makes unique. Remove or merge the duplicates first.
-- build-index: Building index t_a of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building index t_b of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP INDEX "t_a";
DROP INDEX "t_gone";
CREATE INDEX "t_a" ON "t" ("a" DESC, "b");
CREATE UNIQUE INDEX "t_b" ON "t" ("b");
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
