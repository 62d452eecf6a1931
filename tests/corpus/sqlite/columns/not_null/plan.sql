-- allow-null: Programs that read public.t.b may now meet NULL. Deploy the readers first.
-- null-values: column public.t.a becomes NOT NULL but holds NULL. Fill these rows first, or keep the column optional.
-- set-not-null: column public.t.a becomes NOT NULL; programs that write NULL to it will fail. Consent when every program that writes the column always gives a value.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
ALTER TABLE "t" ALTER COLUMN "b" DROP NOT NULL;
ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL;
COMMIT;
PRAGMA foreign_keys = ON;
PRAGMA foreign_key_check;
