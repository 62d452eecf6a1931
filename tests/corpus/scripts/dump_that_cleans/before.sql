--
-- PostgreSQL database dump
--

\restrict aBcDeF0123456789

-- Dumped from database version 15.18 
-- Dumped by pg_dump version 15.18 

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

DROP PUBLICATION pub;
DROP POLICY p ON shop.customer;
ALTER TABLE ONLY shop.orders DROP CONSTRAINT orders_customer_fkey;
DROP TRIGGER tr ON shop.customer;
DROP RULE r ON shop.v;
CREATE OR REPLACE VIEW shop.loop1 AS
SELECT
    NULL::integer AS id,
    NULL::public.citext AS email,
    NULL::text AS notes,
    NULL::shop.hstore AS tags;
DROP STATISTICS shop.st;
DROP INDEX shop.orders_at_idx;
DROP INDEX shop.mv_id_idx;
DROP INDEX shop.log_id_idx;
ALTER TABLE ONLY shop.orders DROP CONSTRAINT orders_pkey;
ALTER TABLE ONLY shop.customer DROP CONSTRAINT customer_pkey;
ALTER TABLE ONLY shop.customer DROP CONSTRAINT customer_email_key;
ALTER TABLE shop.customer ALTER COLUMN id DROP DEFAULT;
DROP MATERIALIZED VIEW shop.mv;
DROP VIEW shop.v;
DROP TABLE shop.orders;
DROP VIEW shop.loop1;
DROP TABLE shop.log_1;
DROP TABLE shop.log;
DROP SEQUENCE shop.customer_id_seq;
DROP TABLE shop.customer;
DROP FUNCTION shop.touch();
DROP FUNCTION shop.atomic(a integer);
DROP TYPE shop.state;
DROP DOMAIN shop.positive;
DROP EXTENSION hstore;
DROP EXTENSION citext;
DROP SCHEMA shop;
--
-- Name: shop; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA shop;


ALTER SCHEMA shop OWNER TO postgres;

--
-- Name: SCHEMA shop; Type: COMMENT; Schema: -; Owner: postgres
--

COMMENT ON SCHEMA shop IS 'shop; things';


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: hstore; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA shop;


--
-- Name: EXTENSION hstore; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';


--
-- Name: positive; Type: DOMAIN; Schema: shop; Owner: postgres
--

CREATE DOMAIN shop.positive AS integer
	CONSTRAINT positive_check CHECK ((VALUE > 0));


ALTER DOMAIN shop.positive OWNER TO postgres;

--
-- Name: state; Type: TYPE; Schema: shop; Owner: postgres
--

CREATE TYPE shop.state AS ENUM (
    'new',
    'it''s paid'
);


ALTER TYPE shop.state OWNER TO postgres;

--
-- Name: atomic(integer); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.atomic(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > 1) THEN 1
             ELSE 2
         END AS "case";
 SELECT 3;
END;


ALTER FUNCTION shop.atomic(a integer) OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.notes := 'semi;colon'; RETURN NEW; END $$;


ALTER FUNCTION shop.touch() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: customer; Type: TABLE; Schema: shop; Owner: postgres
--

CREATE TABLE shop.customer (
    id integer NOT NULL,
    email public.citext,
    notes text DEFAULT 'a\b'::text,
    tags shop.hstore
);


ALTER TABLE shop.customer OWNER TO postgres;

--
-- Name: customer_id_seq; Type: SEQUENCE; Schema: shop; Owner: postgres
--

CREATE SEQUENCE shop.customer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE shop.customer_id_seq OWNER TO postgres;

--
-- Name: customer_id_seq; Type: SEQUENCE OWNED BY; Schema: shop; Owner: postgres
--

ALTER SEQUENCE shop.customer_id_seq OWNED BY shop.customer.id;


--
-- Name: log; Type: TABLE; Schema: shop; Owner: postgres
--

CREATE TABLE shop.log (
    id integer,
    at date
)
PARTITION BY RANGE (at);


ALTER TABLE shop.log OWNER TO postgres;

--
-- Name: log_1; Type: TABLE; Schema: shop; Owner: postgres
--

CREATE TABLE shop.log_1 (
    id integer,
    at date
);


ALTER TABLE shop.log_1 OWNER TO postgres;

--
-- Name: loop1; Type: VIEW; Schema: shop; Owner: postgres
--

CREATE VIEW shop.loop1 AS
SELECT
    NULL::integer AS id,
    NULL::public.citext AS email,
    NULL::text AS notes,
    NULL::shop.hstore AS tags;


ALTER TABLE shop.loop1 OWNER TO postgres;

--
-- Name: orders; Type: TABLE; Schema: shop; Owner: script_dump_owner
--

CREATE TABLE shop.orders (
    id bigint NOT NULL,
    customer integer,
    state shop.state DEFAULT 'new'::shop.state,
    n shop.positive,
    at date NOT NULL,
    total numeric GENERATED ALWAYS AS (((n)::integer * 2)) STORED
);


ALTER TABLE shop.orders OWNER TO script_dump_owner;

--
-- Name: v; Type: VIEW; Schema: shop; Owner: postgres
--

CREATE VIEW shop.v AS
 SELECT c.id,
    count(*) AS n
   FROM (shop.customer c
     JOIN shop.orders o ON ((o.customer = c.id)))
  GROUP BY c.id;


ALTER TABLE shop.v OWNER TO postgres;

--
-- Name: mv; Type: MATERIALIZED VIEW; Schema: shop; Owner: postgres
--

CREATE MATERIALIZED VIEW shop.mv AS
 SELECT v.id,
    v.n
   FROM shop.v
  WITH NO DATA;


ALTER TABLE shop.mv OWNER TO postgres;

--
-- Name: orders_id_seq; Type: SEQUENCE; Schema: shop; Owner: script_dump_owner
--

ALTER TABLE shop.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME shop.orders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: log_1; Type: TABLE ATTACH; Schema: shop; Owner: postgres
--

ALTER TABLE ONLY shop.log ATTACH PARTITION shop.log_1 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');


--
-- Name: customer id; Type: DEFAULT; Schema: shop; Owner: postgres
--

ALTER TABLE ONLY shop.customer ALTER COLUMN id SET DEFAULT nextval('shop.customer_id_seq'::regclass);


--
-- Data for Name: customer; Type: TABLE DATA; Schema: shop; Owner: postgres
--

COPY shop.customer (id, email, notes, tags) FROM stdin;
1	a@b	x\ny;z	\N
2	c	\\.	\N
3	d	it's $$ -- no	\N
\.


--
-- Data for Name: log_1; Type: TABLE DATA; Schema: shop; Owner: postgres
--

COPY shop.log_1 (id, at) FROM stdin;
1	2020-05-05
\.


--
-- Data for Name: orders; Type: TABLE DATA; Schema: shop; Owner: script_dump_owner
--

COPY shop.orders (id, customer, state, n, at) FROM stdin;
1	1	new	5	2020-02-02
\.


--
-- Name: customer_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: postgres
--

SELECT pg_catalog.setval('shop.customer_id_seq', 3, true);


--
-- Name: orders_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: script_dump_owner
--

SELECT pg_catalog.setval('shop.orders_id_seq', 1, true);


--
-- Name: customer customer_email_key; Type: CONSTRAINT; Schema: shop; Owner: postgres
--

ALTER TABLE ONLY shop.customer
    ADD CONSTRAINT customer_email_key UNIQUE (email);


--
-- Name: customer customer_pkey; Type: CONSTRAINT; Schema: shop; Owner: postgres
--

ALTER TABLE ONLY shop.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);


--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: shop; Owner: script_dump_owner
--

ALTER TABLE ONLY shop.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- Name: log_id_idx; Type: INDEX; Schema: shop; Owner: postgres
--

CREATE INDEX log_id_idx ON ONLY shop.log USING btree (id);


--
-- Name: log_1_id_idx; Type: INDEX; Schema: shop; Owner: postgres
--

CREATE INDEX log_1_id_idx ON shop.log_1 USING btree (id);


--
-- Name: mv_id_idx; Type: INDEX; Schema: shop; Owner: postgres
--

CREATE UNIQUE INDEX mv_id_idx ON shop.mv USING btree (id);


--
-- Name: orders_at_idx; Type: INDEX; Schema: shop; Owner: script_dump_owner
--

CREATE INDEX orders_at_idx ON shop.orders USING btree (at DESC) WHERE (state = 'new'::shop.state);


--
-- Name: log_1_id_idx; Type: INDEX ATTACH; Schema: shop; Owner: postgres
--

ALTER INDEX shop.log_id_idx ATTACH PARTITION shop.log_1_id_idx;


--
-- Name: st; Type: STATISTICS; Schema: shop; Owner: postgres
--

CREATE STATISTICS shop.st ON state, at FROM shop.orders;


ALTER STATISTICS shop.st OWNER TO postgres;

--
-- Name: loop1 _RETURN; Type: RULE; Schema: shop; Owner: postgres
--

CREATE OR REPLACE VIEW shop.loop1 AS
 SELECT c.id,
    c.email,
    c.notes,
    c.tags
   FROM shop.customer c
  GROUP BY c.id;


--
-- Name: v r; Type: RULE; Schema: shop; Owner: postgres
--

CREATE RULE r AS
    ON DELETE TO shop.v DO INSTEAD NOTHING;


--
-- Name: customer tr; Type: TRIGGER; Schema: shop; Owner: postgres
--

CREATE TRIGGER tr BEFORE UPDATE ON shop.customer FOR EACH ROW EXECUTE FUNCTION shop.touch();


--
-- Name: orders orders_customer_fkey; Type: FK CONSTRAINT; Schema: shop; Owner: script_dump_owner
--

ALTER TABLE ONLY shop.orders
    ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES shop.customer(id) ON DELETE CASCADE;


--
-- Name: customer; Type: ROW SECURITY; Schema: shop; Owner: postgres
--

ALTER TABLE shop.customer ENABLE ROW LEVEL SECURITY;

--
-- Name: customer p; Type: POLICY; Schema: shop; Owner: postgres
--

CREATE POLICY p ON shop.customer USING ((email OPERATOR(public.=) (CURRENT_USER)::public.citext));


--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO postgres;

--
-- Name: pub customer; Type: PUBLICATION TABLE; Schema: shop; Owner: postgres
--

ALTER PUBLICATION pub ADD TABLE ONLY shop.customer;


--
-- Name: TABLE customer; Type: ACL; Schema: shop; Owner: postgres
--

GRANT SELECT ON TABLE shop.customer TO script_dump_reader;


--
-- Name: mv; Type: MATERIALIZED VIEW DATA; Schema: shop; Owner: postgres
--

REFRESH MATERIALIZED VIEW shop.mv;


--
-- PostgreSQL database dump complete
--

\unrestrict aBcDeF0123456789

