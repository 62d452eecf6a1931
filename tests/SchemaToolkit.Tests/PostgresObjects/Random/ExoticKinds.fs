namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Base types, servers, subscriptions, languages, conversions, operator families.
[<RequireQualifiedAccess>]
module ExoticKinds =
    let baseType (model: Model) (item: Item) : Drawn option =
        let name = Scope.qualified model item
        let number = if Item.has "name" item then Item.get "name" item else item.Id
        let fn word = $"{Scope.schema model item}.{word}{number}"

        let like, reads, shows, sends =
            match Item.get "like" item with
            | 0 -> "text", "textin", "textout", "textsend"
            | 1 -> "integer", "int4in", "int4out", "int4send"
            | _ -> "double precision", "float8in", "float8out", "float8send"

        let make word arguments result code =
            $"CREATE FUNCTION {fn word}({arguments}) RETURNS {result} LANGUAGE internal IMMUTABLE STRICT AS '{code}'"

        let clauses =
            [ $"""INPUT = {fn "in"}"""
              $"""OUTPUT = {fn "out"}"""
              if Item.has "send" item then
                  $"""SEND = {fn "send"}"""
              $"LIKE = {like}"
              match Item.get "default" item with
              | 0 -> ()
              | k -> $"DEFAULT = '{k}'"
              match Item.get "category" item with
              | 0 -> ()
              | 1 -> "CATEGORY = 'X'"
              | _ -> "CATEGORY = 'Y', PREFERRED = true"
              if Item.has "delimiter" item then
                  "DELIMITER = ';'"
              if Item.get "like" item = 0 && Item.has "storage" item then
                  "STORAGE = main" ]

        Some
            { Scope.nothing with
                Sql =
                    [ $"CREATE TYPE {name}"
                      make "in" "cstring" name reads
                      make "out" name "cstring" shows
                      if Item.has "send" item then
                          make "send" name "bytea" sends
                      $"CREATE TYPE {name} ({Text.join clauses})"
                      if Item.has "said" item then
                          $"""COMMENT ON FUNCTION {fn "out"}({name}) IS 'shows {Item.get "said" item}'"""
                      if Item.has "shared" item then
                          $"""GRANT EXECUTE ON FUNCTION {fn "in"}(cstring) TO pair_reader""" ]
                Comment = Some $"TYPE {name}"
                Owner = Some $"TYPE {name}"
                Grant = Some($"TYPE {name}", [ "USAGE" ]) }

    let private options word (item: Item) =
        match Item.get word item with
        | 0 -> ""
        | 1 -> " OPTIONS (host 'a', port '1')"
        | 2 -> " OPTIONS (port '2')"
        | _ -> " OPTIONS (\"Odd Name\" 'it''s', host 'b')"

    let server (_: Model) (item: Item) : Drawn option =
        let name = Scope.name item
        let wrapper = $"wrap{item.Id}"
        let kind = if Item.has "type" item then " TYPE 'old'" else ""

        let version =
            if Item.has "version" item then
                $""" VERSION '{Item.get "version" item}'"""
            else
                ""

        Some
            { Scope.nothing with
                Sql =
                    [ $"""CREATE FOREIGN DATA WRAPPER {wrapper}{options "wrapper" item}"""
                      $"""CREATE SERVER {name}{kind}{version} FOREIGN DATA WRAPPER {wrapper}{options "options" item}"""
                      if Item.has "mapping" item then
                          $"""CREATE USER MAPPING FOR pair_reader SERVER {name}{options "user" item}""" ]
                Comment = Some $"SERVER {name}"
                Owner = Some $"SERVER {name}"
                Grant = Some($"FOREIGN SERVER {name}", [ "USAGE" ]) }

    let subscription (_: Model) (item: Item) : Drawn option =
        let name = Scope.name item

        let options =
            [ "connect = false"
              match Item.get "slot" item with
              | 0 -> ()
              | 1 -> "slot_name = NONE"
              | k -> $"slot_name = 'slot_{k}'"
              if Item.has "binary" item then
                  "binary = true"
              if Item.has "streaming" item then
                  "streaming = on"
              if Item.has "phases" item then
                  "two_phase = true"
              if Item.has "commit" item then
                  "synchronous_commit = local" ]

        Some
            { Scope.nothing with
                Sql =
                    [ $"""CREATE SUBSCRIPTION {name} CONNECTION 'host=127.0.0.1 port=1 dbname=x{Item.get "place" item}' PUBLICATION {[| "a"; "b, a"; "\"C d\"" |][Item.get "what" item % 3]} WITH ({Text.join options})""" ]
                Comment = Some $"SUBSCRIPTION {name}" }

    let language (_: Model) (item: Item) : Drawn option =
        let name = Scope.name item
        let isTrusted = Item.has "trusted" item
        let word = if isTrusted then "TRUSTED " else ""
        let inlined = if Item.has "inline" item then " INLINE plpgsql_inline_handler" else ""
        let checked' = if Item.has "validator" item then " VALIDATOR plpgsql_validator" else ""

        Some
            { Scope.nothing with
                Sql =
                    [ $"CREATE {word}LANGUAGE {name} HANDLER plpgsql_call_handler{inlined}{checked'}"
                      if Item.has "used" item then
                          $"CREATE FUNCTION public.spoken{item.Id}() RETURNS integer LANGUAGE {name} AS 'BEGIN RETURN 1; END'" ]
                Comment = Some $"LANGUAGE {name}"
                Owner = Some $"LANGUAGE {name}"
                Grant = if isTrusted then Some($"LANGUAGE {name}", [ "USAGE" ]) else None }

    let conversion (model: Model) (item: Item) : Drawn option =
        let call = Some $"CONVERSION {Scope.qualified model item}"
        let word = if Item.has "default" item then "DEFAULT " else ""

        Some
            { Scope.nothing with
                Sql =
                    [ $"CREATE {word}CONVERSION {Scope.qualified model item} FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8" ]
                Comment = call
                Owner = call }

    let family (model: Model) (item: Item) : Drawn option =
        let name = $"{Scope.qualified model item} USING btree"

        let loose =
            [ if Item.has "wide" item then
                  "OPERATOR 1 < (integer, bigint)"
                  "FUNCTION 1 btint48cmp(integer, bigint)"
              if Item.has "narrow" item then
                  "OPERATOR 1 < (integer, smallint)"
                  "OPERATOR 5 > (integer, smallint)" ]

        let classOf =
            $"CREATE OPERATOR CLASS {Scope.qualified model item} FOR TYPE integer USING btree FAMILY {Scope.qualified model item} AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)"

        Some
            { Scope.nothing with
                Sql =
                    [ $"CREATE OPERATOR FAMILY {name}"
                      if Item.has "class" item then
                          classOf
                      if not loose.IsEmpty then
                          $"ALTER OPERATOR FAMILY {name} ADD {Text.join loose}" ]
                Comment = Some $"OPERATOR FAMILY {name}"
                Owner = Some $"OPERATOR FAMILY {name}" }
