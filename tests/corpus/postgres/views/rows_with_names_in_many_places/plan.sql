SET check_function_bodies = off;
SET search_path = '';
CREATE VIEW "public"."v1" ("a") AS
 VALUES (1), (2)
  ORDER BY "*VALUES*".column1
 LIMIT 1;
CREATE VIEW "public"."v2" ("a") AS
 VALUES (1)
UNION ALL
 VALUES (2);
CREATE VIEW "public"."v3" AS
 SELECT 1 AS a,
    z.x AS b
   FROM ( VALUES (1), (2)) z(x)
UNION
 SELECT "*VALUES*".column1 AS a,
    "*VALUES*".column2 AS b
   FROM ( VALUES (5,6)) "*VALUES*";
CREATE VIEW "public"."v4" ("a", "b") AS
 VALUES (1,') "*VALUES*"'::text), (2,'it''s'::text);
CREATE VIEW "public"."v5" AS
 SELECT "*VALUES*".column2,
    "*VALUES*".column1
   FROM ( VALUES (1,2)) "*VALUES*";
CREATE VIEW "public"."v7" AS
 SELECT "*VALUES*".column1
   FROM ( VALUES (1,2)) "*VALUES*"
  WHERE ("*VALUES*".column2 > 1);
CREATE VIEW "public"."v8" AS
 SELECT t.id
   FROM public.t
  WHERE (t.id IN ( VALUES (1), (2)));
CREATE VIEW "public"."v9" AS
 SELECT ( SELECT q.x
           FROM ( VALUES (1)) q(x)) AS y,
    (EXISTS ( SELECT
           FROM ( VALUES (2)) "*VALUES*")) AS z;
CREATE MATERIALIZED VIEW "public"."v6" ("a", "b") AS
 VALUES (1,'x'::text);
