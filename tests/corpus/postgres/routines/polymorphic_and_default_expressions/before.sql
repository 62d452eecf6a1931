CREATE FUNCTION f(a anyelement, b timestamptz DEFAULT now()) RETURNS anyelement LANGUAGE sql AS 'SELECT a';
