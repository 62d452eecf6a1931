CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = snowball, language = 'english');
