CREATE TABLE public.t1 (c4 integer, c5 integer[], c6 smallint);
CREATE STATISTICS public.st18 ON c5, c4 FROM public.t1;
ALTER STATISTICS public.st18 SET STATISTICS 50;
COMMENT ON STATISTICS public.st18 IS 'both';
CREATE STATISTICS public.plain (ndistinct) ON c4, c6 FROM public.t1;
ALTER STATISTICS public.plain SET STATISTICS 10;
