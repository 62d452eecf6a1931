CREATE SUBSCRIPTION pair_options CONNECTION 'host=127.0.0.1 port=2 dbname=elsewhere application_name=''a b''' PUBLICATION b, a WITH (connect = false, slot_name = NONE, disable_on_error = true);
