CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE tr AS RANGE (subtype = text, collation = "C", multirange_type_name = many_tr);
CREATE TABLE t (a r, b many_tr);
COMMENT ON TYPE tr IS 'texts';
