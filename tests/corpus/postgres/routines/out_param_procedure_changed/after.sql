CREATE PROCEDURE p(INOUT a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := 1; END';
