SET check_function_bodies = off;
SET search_path = '';
DROP AGGREGATE x.firstest(x.w);
DROP FUNCTION "x"."step"(x.w, x.w);
DROP CAST (x.w AS text);
DROP CONVERSION x.conv;
DROP TEXT SEARCH DICTIONARY x.d;
DROP TEXT SEARCH CONFIGURATION x.conf;
DROP STATISTICS x.st;
DROP PUBLICATION q;
-- drop-table: Dropping x.t deletes its rows. If the table has a new name, rename it first (ALTER TABLE … RENAME TO) and compare again.
DROP TABLE "x"."t";
DROP COLLATION x.c;
DROP TYPE x.w CASCADE;
DROP SCHEMA "x";
