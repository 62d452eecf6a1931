CREATE ROLE st_owner; CREATE ROLE st_reader;
