CREATE TABLE two (a int);
