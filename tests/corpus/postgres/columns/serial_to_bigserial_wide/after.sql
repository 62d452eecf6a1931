CREATE TABLE t (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigint REFERENCES t);
