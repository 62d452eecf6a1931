CREATE TABLE t (room int, during tsrange);
