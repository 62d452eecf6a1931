CREATE OPERATOR FAMILY numbers USING btree;
CREATE OPERATOR CLASS mine FOR TYPE integer USING btree FAMILY numbers AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY numbers USING btree ADD OPERATOR 1 < (integer, bigint), OPERATOR 5 > (integer, bigint), OPERATOR 1 < (integer, smallint), FUNCTION 1 btint42cmp(integer, smallint), FUNCTION 1 btint48cmp(integer, bigint);
COMMENT ON OPERATOR FAMILY numbers USING btree IS 'of several widths';
CREATE TABLE t (a integer);
CREATE INDEX t_a ON t (a mine);
