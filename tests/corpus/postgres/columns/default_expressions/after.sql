CREATE TABLE t (a int DEFAULT 3, b text DEFAULT lower('x'), c text DEFAULT SESSION_USER, d timestamptz DEFAULT clock_timestamp(), e uuid DEFAULT NULL, f text DEFAULT 'a\''b', g text DEFAULT 'a
b', h int DEFAULT -1, i bool DEFAULT (NOT true), j int[] DEFAULT '{}', k point DEFAULT point(1, 2), l text DEFAULT '%s');
