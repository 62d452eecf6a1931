CREATE TABLE m (a int, b text, c date) PARTITION BY RANGE (a);
