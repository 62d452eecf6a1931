CREATE TABLE "My Table" ("Id" bigint PRIMARY KEY, "from" text DEFAULT 'x', "a""b" int NOT NULL);
CREATE INDEX "My Index" ON "My Table" ("from");
