CREATE FUNCTION f(a anyelement, b timestamptz DEFAULT now() + interval '1 day', c text[] DEFAULT ARRAY['x', 'y']) RETURNS anyelement LANGUAGE sql AS 'SELECT a';
