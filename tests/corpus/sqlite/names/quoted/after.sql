CREATE TABLE "My ""Table""" ("select" INTEGER PRIMARY KEY, "Größe" TEXT NOT NULL, "group by" TEXT) STRICT;
CREATE INDEX "an index" ON "My ""Table""" ("group by");
