CREATE TABLE p (a int, b text);
