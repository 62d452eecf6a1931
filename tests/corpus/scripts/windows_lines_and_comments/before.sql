-- first
/* block /* nested */ still a comment; */
CREATE TABLE t (
    a int, -- one; two
    b text DEFAULT 'a
b' /* ' */
);
/* ; */ ;;
-- CREATE TABLE no (a int);
