CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."State's" AS ENUM ('it''s', 'back\slash', '50%');
CREATE TABLE "My Schema"."Order.Items" ("Id" bigint PRIMARY KEY, "select" varchar(10), "a""b" bigint NOT NULL, "percent%s" int DEFAULT 6, "né" text DEFAULT 'é%s''\', "State" "My Schema"."State's" DEFAULT 'it''s');
CREATE INDEX "Idx ""1""" ON "My Schema"."Order.Items" ("a""b", lower("select"));
CREATE VIEW "My Schema"."V.1" AS SELECT "Id" AS "I d", "a""b" FROM "My Schema"."Order.Items";
COMMENT ON COLUMN "My Schema"."Order.Items"."a""b" IS 'a ''quoted'' \ comment %s';
COMMENT ON COLUMN "My Schema"."V.1"."I d" IS E'two\nlines';
COMMENT ON INDEX "My Schema"."Idx ""1""" IS 'x';
