-- build-index: Building index t_a of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building index t_case of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
-- build-index: Building index t_lower of public.t reads every row of public.t; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP INDEX "t_a";
DROP INDEX "t_lower";
CREATE INDEX "t_a" ON "t" ("a") WHERE b > 10;
CREATE INDEX "t_case" ON "t" ("a" COLLATE "NOCASE");
CREATE INDEX "t_lower" ON "t" ((upper(a)));
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
