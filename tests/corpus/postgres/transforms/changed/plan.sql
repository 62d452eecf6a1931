SET check_function_bodies = off;
SET search_path = '';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION public.to_pl(internal));
CREATE OR REPLACE TRANSFORM FOR public.pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION public.to_pl(internal), TO SQL WITH FUNCTION public.from_pl(internal));
COMMENT ON TRANSFORM FOR public.pair LANGUAGE plpgsql IS 'there and back';
