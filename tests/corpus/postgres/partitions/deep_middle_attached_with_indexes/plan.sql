SET check_function_bodies = off;
SET search_path = '';
DROP INDEX "public"."logs_1aa_kind";
-- null-values: Where public.logs.kind holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.logs.kind NOT NULL reads every row; nobody reads or writes public.logs meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."logs" ALTER COLUMN "kind" SET NOT NULL;
-- duplicate-rows: Where rows of public.logs are equal in what public.logs.logs_pkey makes unique, PostgreSQL refuses it. Remove or merge the duplicates first.
-- key-builds-index: Adding public.logs.logs_pkey reads every row and builds an index; nobody reads or writes public.logs meanwhile. Build the unique index with CONCURRENTLY first, and add the constraint USING INDEX.
ALTER TABLE ONLY "public"."logs" ADD CONSTRAINT "logs_pkey" PRIMARY KEY (id, at, kind);
-- index-blocks-writes: Building public.logs_a reads every row; nobody writes public.logs meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX logs_a ON ONLY public.logs USING btree (kind) WHERE (id > 0);
-- null-values: Where public.logs_1.kind holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.logs_1.kind NOT NULL reads every row; nobody reads or writes public.logs_1 meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."logs_1" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE ONLY "public"."logs_1" ADD CONSTRAINT "logs_1_pkey" PRIMARY KEY (id, at, kind);
CREATE INDEX logs_1_kind_idx ON ONLY public.logs_1 USING btree (kind) WHERE (id > 0);
CREATE INDEX logs_1_lower_idx ON ONLY public.logs_1 USING btree (lower(kind));
-- null-values: Where public.logs_1a.kind holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.logs_1a.kind NOT NULL reads every row; nobody reads or writes public.logs_1a meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."logs_1a" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE ONLY "public"."logs_1a" ADD CONSTRAINT "logs_1a_pkey" PRIMARY KEY (id, at, kind);
ALTER INDEX "public"."logs_1_pkey" ATTACH PARTITION "public"."logs_1a_pkey";
CREATE INDEX logs_1a_kind_idx ON ONLY public.logs_1a USING btree (kind) WHERE (id > 0);
ALTER INDEX "public"."logs_1_kind_idx" ATTACH PARTITION "public"."logs_1a_kind_idx";
CREATE INDEX logs_1a_lower_idx ON ONLY public.logs_1a USING btree (lower(kind));
ALTER INDEX "public"."logs_1_lower_idx" ATTACH PARTITION "public"."logs_1a_lower_idx";
-- null-values: Where public.logs_1aa.kind holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.logs_1aa.kind NOT NULL reads every row; nobody reads or writes public.logs_1aa meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."logs_1aa" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE ONLY "public"."logs_1aa" ADD CONSTRAINT "logs_1aa_pkey" PRIMARY KEY (id, at, kind);
ALTER INDEX "public"."logs_1a_pkey" ATTACH PARTITION "public"."logs_1aa_pkey";
CREATE INDEX logs_1aa_kind_idx ON public.logs_1aa USING btree (kind) WHERE (id > 0);
ALTER INDEX "public"."logs_1a_kind_idx" ATTACH PARTITION "public"."logs_1aa_kind_idx";
CREATE INDEX logs_1aa_lower_idx ON public.logs_1aa USING btree (lower(kind));
ALTER INDEX "public"."logs_1a_lower_idx" ATTACH PARTITION "public"."logs_1aa_lower_idx";
-- null-values: Where public.logs_1ab.kind holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.logs_1ab.kind NOT NULL reads every row; nobody reads or writes public.logs_1ab meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."logs_1ab" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE ONLY "public"."logs_1ab" ADD CONSTRAINT "logs_1ab_pkey" PRIMARY KEY (id, at, kind);
ALTER INDEX "public"."logs_1a_pkey" ATTACH PARTITION "public"."logs_1ab_pkey";
CREATE INDEX logs_1ab_kind_idx ON public.logs_1ab USING btree (kind) WHERE (id > 0);
ALTER INDEX "public"."logs_1a_kind_idx" ATTACH PARTITION "public"."logs_1ab_kind_idx";
CREATE INDEX logs_1ab_lower_idx ON public.logs_1ab USING btree (lower(kind));
ALTER INDEX "public"."logs_1a_lower_idx" ATTACH PARTITION "public"."logs_1ab_lower_idx";
-- rows-outside-partition: Where public.logs_1 has rows that do not belong to FOR VALUES WITH (modulus 2, remainder 0) of public.logs, PostgreSQL refuses it. Move these rows first.
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_1" FOR VALUES WITH (modulus 2, remainder 0);
ALTER INDEX "public"."logs_a" ATTACH PARTITION "public"."logs_1_kind_idx";
ALTER INDEX "public"."logs_kind" ATTACH PARTITION "public"."logs_1_lower_idx";
ALTER INDEX "public"."logs_pkey" ATTACH PARTITION "public"."logs_1_pkey";
