CREATE FUNCTION f(a int, OUT b int, OUT d text) LANGUAGE sql AS $$SELECT a, 'x'$$;
CREATE FUNCTION g(a int) RETURNS TABLE (x int, y text, z date) LANGUAGE sql AS $$SELECT a, 'x', now()::date$$;
CREATE FUNCTION h(a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(INOUT a int, b text, OUT c int) LANGUAGE plpgsql AS $$BEGIN a := 1; c := 2; END$$;
COMMENT ON FUNCTION h(int[]) IS 'vari2';
