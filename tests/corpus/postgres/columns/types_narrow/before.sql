CREATE TABLE t (a text, b text, c text, d integer, e text, f integer);
