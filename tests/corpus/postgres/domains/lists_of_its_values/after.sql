CREATE DOMAIN word AS text CHECK (VALUE <> 'x');
CREATE DOMAIN num AS int CHECK (VALUE > 0);
CREATE TABLE t (a word, b num, CONSTRAINT a CHECK (a IN ('a'::word, 'b])'::word)), CONSTRAINT b CHECK (b NOT IN (1::num, -2::num) AND b = ANY (ARRAY[3::num])));
