CREATE FUNCTION f() RETURNS int LANGUAGE sql SET work_mem = '2MB' SET timezone = 'UTC' SET search_path = '' AS 'SELECT 1';
