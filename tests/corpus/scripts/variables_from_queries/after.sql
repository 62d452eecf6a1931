CREATE TABLE app_v1 (a text DEFAULT 'it''s', b text DEFAULT 'one', c text DEFAULT ''':first', d text DEFAULT ':first');
CREATE TABLE u (a text DEFAULT (ARRAY['x','y'])[1:1]::text, b bool DEFAULT false, c bool DEFAULT true);
CREATE TABLE w (a int);
CREATE TABLE same_and_new (a int);
