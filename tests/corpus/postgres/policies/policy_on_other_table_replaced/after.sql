CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE m (tid int, usr uuid, role text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION allowed(x int, r text DEFAULT 'a') RETURNS boolean LANGUAGE sql STABLE AS $$SELECT EXISTS (SELECT 1 FROM m WHERE tid = x)$$;
CREATE POLICY p ON t USING (allowed(id) AND EXISTS (SELECT 1 FROM m WHERE m.tid = t.id AND role = 'x'));
