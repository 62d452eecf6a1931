CREATE TABLE t (a int[], b text[], c text[], d uuid[], e date, f text[]);
