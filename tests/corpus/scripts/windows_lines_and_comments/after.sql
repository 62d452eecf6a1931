CREATE TABLE t (a int, b text DEFAULT E'a\r\nb');
