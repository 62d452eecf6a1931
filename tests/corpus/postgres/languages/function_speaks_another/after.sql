CREATE TRUSTED LANGUAGE two HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE two AS 'BEGIN RETURN $1; END';
CREATE TABLE t (a integer DEFAULT f(1));
