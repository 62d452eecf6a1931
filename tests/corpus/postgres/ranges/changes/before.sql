CREATE TYPE r AS RANGE (subtype = float8);
CREATE TYPE gone AS RANGE (subtype = int);
