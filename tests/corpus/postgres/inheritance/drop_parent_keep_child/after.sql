CREATE TABLE b (x int, y text, z int, CONSTRAINT a_x_check CHECK (x > 0));
CREATE TABLE c () INHERITS (b);
