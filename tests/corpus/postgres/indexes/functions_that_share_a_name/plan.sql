SET check_function_bodies = off;
SET search_path = '';
-- duplicate-rows: Where rows of public.t are equal in what public.i makes unique, PostgreSQL refuses it. Remove or merge the duplicates first.
-- index-blocks-writes: Building public.i reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
SET search_path = "public", "app";
CREATE UNIQUE INDEX i ON public.t USING btree (zed.norm(a));
SET search_path = '';
