CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Order.Items" ("Id" int PRIMARY KEY, "select" text, "a""b" int, "percent%s" int DEFAULT 5, "né" text);
