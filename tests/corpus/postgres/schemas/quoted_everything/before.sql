CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."T.1" ("a.b" int, "C""c" text);
