CREATE TABLE "My Table" ("Id" int PRIMARY KEY, "select" text, "a""b" int);
