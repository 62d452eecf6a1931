SET check_function_bodies = off;
SET search_path = '';
DROP CAST (integer AS public.color);
DROP CAST (public.color AS text);
CREATE CAST (integer AS public.color) WITH FUNCTION public.color_of(integer) AS ASSIGNMENT;
CREATE CAST (public.color AS text) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (integer AS public.color) IS 'by number';
COMMENT ON CAST (public.color AS text) IS 'by itself';
