CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$
-- a comment; with a semicolon
BEGIN
  RETURN $q$a'b$q$ || '$function$';
END $body$;
