CREATE PROCEDURE p(INOUT a int, OUT b text) LANGUAGE plpgsql AS 'BEGIN b := ''x''; END';
