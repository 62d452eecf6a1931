-- null-values: column public.My "Table".Größe becomes NOT NULL but holds NULL. Fill these rows first, or keep the column optional.
-- set-not-null: column public.My "Table".Größe becomes NOT NULL; programs that write NULL to it will fail. Consent when every program that writes the column always gives a value.
-- build-index: Building index an index of public.My "Table" reads every row of public.My "Table"; nobody writes to the file meanwhile. Apply it when nobody writes to the file, or while the table is small.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
ALTER TABLE "My ""Table""" ADD COLUMN "group by" TEXT;
ALTER TABLE "My ""Table""" ALTER COLUMN "Größe" SET NOT NULL;
CREATE INDEX "an index" ON "My ""Table""" ("group by");
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
