CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."E e" AS ENUM ('x y', 'it''s');
CREATE TABLE "My Schema"."T.1" ("a.b" bigint GENERATED ALWAYS AS IDENTITY, "C""c" "My Schema"."E e" DEFAULT 'x y');
CREATE INDEX "I i" ON "My Schema"."T.1" ("C""c");
CREATE VIEW "My Schema"."V v" AS SELECT "a.b" FROM "My Schema"."T.1";
COMMENT ON COLUMN "My Schema"."T.1"."a.b" IS 'q';
COMMENT ON COLUMN "My Schema"."V v"."a.b" IS 'r';
CREATE FUNCTION "My Schema"."F f"("P p" int) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION "My Schema"."F f"(int) IS 's';
