--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = off;
SET check_function_bodies = false;
SET client_min_messages = warning;
SET escape_string_warning = off;
SET transaction_timeout_of_tomorrow = 0;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;


CREATE PROCEDURAL LANGUAGE plpgsql;


SET search_path = public, pg_catalog;
SET default_tablespace = '';
SET default_with_oids = false;

CREATE TABLE things (
    id serial NOT NULL,
    name character varying(30) DEFAULT 'a\'b\\c'::character varying
) WITHOUT OIDS;

ALTER TABLE public.things OWNER TO script_old_owner;

COPY things (id, name) FROM stdin;
1	é
\.

SELECT pg_catalog.setval('things_id_seq', 1, true);

ALTER TABLE ONLY things
    ADD CONSTRAINT things_pkey PRIMARY KEY (id);

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO PUBLIC;
REVOKE ALL ON TABLE things FROM script_old_owner;
GRANT SELECT ON TABLE things TO script_old_reader;

--
-- PostgreSQL database dump complete
--
