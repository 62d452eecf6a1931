CREATE FUNCTION f(a int, OUT b int, OUT c text) LANGUAGE sql AS $$SELECT a, 'x'$$;
CREATE FUNCTION g(a int) RETURNS TABLE (x int, y text) LANGUAGE sql AS $$SELECT a, 'x'$$;
CREATE FUNCTION h(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(INOUT a int, b text DEFAULT 'x''y') LANGUAGE plpgsql AS $$BEGIN a := 1; END$$;
COMMENT ON FUNCTION h(int[]) IS 'vari';
