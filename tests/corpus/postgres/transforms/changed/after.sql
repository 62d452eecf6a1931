CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION to_pl(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'numeric_avg_serialize';
CREATE FUNCTION from_pl(internal) RETURNS pair LANGUAGE internal IMMUTABLE AS 'record_in';
CREATE TRANSFORM FOR pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION to_pl(internal), TO SQL WITH FUNCTION from_pl(internal));
COMMENT ON TRANSFORM FOR pair LANGUAGE plpgsql IS 'there and back';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION to_pl(internal));
