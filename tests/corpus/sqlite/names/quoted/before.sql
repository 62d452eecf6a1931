CREATE TABLE "My ""Table""" ("select" INTEGER PRIMARY KEY, "Größe" TEXT) STRICT;
INSERT INTO "My ""Table""" VALUES (1, 'x');
