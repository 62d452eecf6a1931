CREATE TABLE one (a int); CREATE TABLE two (a int); CREATE TABLE three (a int);
