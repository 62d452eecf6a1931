SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."c" DROP CONSTRAINT "f1";
ALTER TABLE "public"."c" DROP CONSTRAINT "f2";
ALTER TABLE "public"."c" DROP CONSTRAINT "f3";
ALTER TABLE "public"."c" DROP CONSTRAINT "u1";
-- orphan-rows: Where rows of public.c point to rows that do not exist, PostgreSQL refuses public.c.f1. Delete these rows, give them a target, or set them to NULL first.
-- foreign-key-scans-table: Adding public.c.f1 reads every row; nobody writes public.c or public.p meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."c" ADD CONSTRAINT "f1" FOREIGN KEY (a) REFERENCES public.p(id) DEFERRABLE INITIALLY DEFERRED;
-- orphan-rows: Where rows of public.c point to rows that do not exist, PostgreSQL refuses public.c.f2. Delete these rows, give them a target, or set them to NULL first.
-- foreign-key-scans-table: Adding public.c.f2 reads every row; nobody writes public.c or public.p meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."c" ADD CONSTRAINT "f2" FOREIGN KEY (b) REFERENCES public.p(b) ON UPDATE CASCADE ON DELETE SET NULL;
-- orphan-rows: Where rows of public.c point to rows that do not exist, PostgreSQL refuses public.c.f3. Delete these rows, give them a target, or set them to NULL first.
-- foreign-key-scans-table: Adding public.c.f3 reads every row; nobody writes public.c or public.p meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."c" ADD CONSTRAINT "f3" FOREIGN KEY (x, y) REFERENCES public.p(id, b) ON DELETE SET DEFAULT (y);
-- duplicate-rows: Where rows of public.c are equal in what public.c.u1 makes unique, PostgreSQL refuses it. Remove or merge the duplicates first.
-- key-builds-index: Adding public.c.u1 reads every row and builds an index; nobody reads or writes public.c meanwhile. Build the unique index with CONCURRENTLY first, and add the constraint USING INDEX.
ALTER TABLE ONLY "public"."c" ADD CONSTRAINT "u1" UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;
