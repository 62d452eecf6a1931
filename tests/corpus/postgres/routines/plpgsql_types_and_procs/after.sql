CREATE TYPE res AS (a int, b text, c date);
CREATE FUNCTION f(x res[]) RETURNS SETOF res LANGUAGE plpgsql AS $$BEGIN RETURN QUERY SELECT 1, 'a', now()::date; END$$;
CREATE FUNCTION g(a anyelement, b anyarray) RETURNS anyarray LANGUAGE sql AS 'SELECT b';
CREATE PROCEDURE p(IN a int, INOUT b varchar DEFAULT 'r') LANGUAGE plpgsql AS $$BEGIN ROLLBACK; END$$;
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION rc(n int) RETURNS refcursor LANGUAGE plpgsql AS $$DECLARE c refcursor; BEGIN OPEN c FOR SELECT n; RETURN c; END$$;
