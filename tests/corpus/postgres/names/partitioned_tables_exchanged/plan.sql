SET check_function_bodies = off;
SET search_path = '';
CREATE TABLE "public"."archive__rows" AS SELECT "id" FROM "public"."archive" WHERE tableoid NOT IN ('"public"."archive_1"'::regclass);
CREATE TABLE "public"."kept__rows" AS SELECT "id", "at" FROM "public"."kept";
CREATE TABLE "public"."live__rows" AS SELECT "id" FROM "public"."live" WHERE tableoid NOT IN ('"public"."live_1"'::regclass);
CREATE TABLE "public"."plain__rows" AS SELECT "id", "note" FROM ONLY "public"."plain";
ALTER TABLE "public"."archive" DETACH PARTITION "public"."archive_1";
ALTER TABLE "public"."live" DETACH PARTITION "public"."live_1";
-- remake-table: public.archive cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
-- rows-outside-partition: Where rows of public.archive fit none of its partitions, PostgreSQL refuses them. Add a partition for them, such as a DEFAULT one, or move these rows first.
-- drop-column: Dropping public.archive.note deletes its values. If the column has a new name, rename it first (ALTER TABLE … RENAME COLUMN) and compare again.
DROP TABLE "public"."archive";
-- remake-table: public.kept_1 cannot become what is wanted where it stands: it is dropped and made again without its rows. Copy its rows to a table of another name first, and back afterwards.
DROP TABLE "public"."kept_1";
-- remake-table: public.kept cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
DROP TABLE "public"."kept";
-- remake-table: public.live cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
-- drop-column: Dropping public.live.at deletes its values. If the column has a new name, rename it first (ALTER TABLE … RENAME COLUMN) and compare again.
-- drop-column: Dropping public.live.extra deletes its values. If the column has a new name, rename it first (ALTER TABLE … RENAME COLUMN) and compare again.
DROP TABLE "public"."live";
-- remake-table: public.plain cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
-- rows-outside-partition: Where rows of public.plain fit none of its partitions, PostgreSQL refuses them. Add a partition for them, such as a DEFAULT one, or move these rows first.
DROP TABLE "public"."plain";
CREATE TABLE "public"."archive" (
    "id" integer,
    "at" date,
    "extra" text
)
PARTITION BY RANGE (at);
CREATE TABLE "public"."kept" (
    "id" integer,
    "at" timestamp without time zone
);
INSERT INTO "public"."kept" ("id", "at") SELECT "id", "at" FROM "public"."kept__rows";
DROP TABLE "public"."kept__rows";
CREATE TABLE "public"."kept_1" (
    "id" integer,
    "at" timestamp without time zone
)
PARTITION BY RANGE (at);
CREATE TABLE "public"."live" (
    "id" integer,
    "note" text
);
INSERT INTO "public"."live" ("id") SELECT "id" FROM "public"."live__rows";
DROP TABLE "public"."live__rows";
CREATE TABLE "public"."plain" (
    "id" integer,
    "note" text
)
PARTITION BY LIST (id);
-- rows-outside-partition: Where public.archive_1 has rows that do not belong to FOR VALUES IN (1) of public.plain, PostgreSQL refuses it. Move these rows first.
ALTER TABLE ONLY "public"."plain" ATTACH PARTITION "public"."archive_1" FOR VALUES IN (1);
INSERT INTO "public"."plain" ("id", "note") SELECT "id", "note" FROM "public"."plain__rows";
DROP TABLE "public"."plain__rows";
ALTER TABLE ONLY "public"."kept_1" ATTACH PARTITION "public"."kept" DEFAULT;
-- rows-outside-partition: Where public.live_1 has rows that do not belong to FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') of public.archive, PostgreSQL refuses it. Move these rows first.
ALTER TABLE ONLY "public"."archive" ATTACH PARTITION "public"."live_1" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
INSERT INTO "public"."archive" ("id") SELECT "id" FROM "public"."archive__rows";
DROP TABLE "public"."archive__rows";
