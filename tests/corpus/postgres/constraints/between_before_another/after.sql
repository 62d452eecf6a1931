CREATE TABLE t (a int, b int, v varchar(5), d date, s text,
    CHECK (a BETWEEN 1 AND 2 AND b > 0),
    CHECK (a NOT BETWEEN 1 AND 2 OR b > 0),
    CHECK (v BETWEEN 'a' AND 'it''s (' AND d BETWEEN '2020-01-01' AND '2021-01-01' AND b IN (1,2)),
    CHECK (a BETWEEN b - 1 AND (b + 2) * 3 AND a BETWEEN 0 AND 9),
    CHECK ((a BETWEEN 1 AND 2 OR b BETWEEN 1 AND 2) AND b > 0),
    CHECK (a >= 1 AND a <= 2 AND b > 3),
    CHECK (NOT a BETWEEN 1 AND 2),
    CHECK (a BETWEEN 1 AND 2 OR b = 3),
    CHECK (b > 0 AND a BETWEEN 1 AND 2),
    CHECK (lower(s) BETWEEN 'a' AND 'z' AND s IS NOT NULL));
CREATE VIEW vv AS SELECT * FROM t WHERE d BETWEEN now()::date - 7 AND current_date AND a > 1;
CREATE VIEW vw AS SELECT CASE WHEN t.a BETWEEN 1 AND 2 AND t.b BETWEEN 3 AND 4 AND s = 'x' THEN 1 END q FROM t JOIN t t2 USING (s) WHERE t.a BETWEEN 1 AND t2.b AND t.b <> 4 AND t2.d NOT BETWEEN '2020-01-01' AND '2020-02-01';
CREATE INDEX i ON t(a) WHERE a BETWEEN 1 AND 5 AND v IN ('a','b');
CREATE POLICY p ON t USING (a BETWEEN 1 AND 2 AND s = current_user);
CREATE TABLE rows_compared (a int, b int,
    CHECK (a BETWEEN SYMMETRIC 1 AND 2 AND b > 0),
    CHECK ((a, b) = (1, 2) AND a > 0),
    CHECK ((a, b) <> (1, 2) OR a > 5),
    CHECK ((a, b) > (1, 2) AND b > 1));
