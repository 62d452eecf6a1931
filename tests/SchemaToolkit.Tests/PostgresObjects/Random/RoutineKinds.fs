namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Functions, procedures, aggregates, operators, casts.
[<RequireQualifiedAccess>]
module RoutineKinds =
    let private attributes (item: Item) =
        [ if Item.has "strict" item then
              "STRICT"
          if Item.has "security" item then
              "SECURITY DEFINER"
          if Item.has "parallel" item then
              "PARALLEL SAFE"
          if Item.has "cost" item then
              $"""COST {Item.get "cost" item * 7}"""
          match Item.get "setting" item with
          | 0 -> ()
          | 1 -> "SET search_path = pg_catalog, public"
          | 2 -> "SET work_mem = '8MB'"
          | _ -> "SET search_path = ''" ]
        |> List.map (fun word -> " " + word)
        |> String.concat ""

    let private routine word model (item: Item) arguments sql : Drawn option =
        let call = $"{word} {Scope.qualified model item}({arguments})"

        Some
            { Scope.nothing with
                Sql = sql
                Comment = Some call
                Owner = Some call
                Grant = Some(call, [ "EXECUTE" ]) }

    /// Immutable, of an integer: others use it in checks, defaults, indexes, views and policies.
    let scalar (model: Model) (item: Item) =
        let name = Scope.qualified model item
        let argument = [| "a"; "x"; "\"The Value\"" |][Item.get "argument" item % 3]
        let k = Item.get "body" item
        let result = [| "integer"; "bigint"; "numeric" |][Item.get "result" item % 3]

        let more, moreTypes =
            match Item.get "more" item with
            | 0 -> "", ""
            | 1 -> ", b integer DEFAULT 1", ", integer"
            | 2 -> ", b integer DEFAULT 2", ", integer"
            | 3 -> ", b text DEFAULT 'x', c integer DEFAULT 3", ", text, integer"
            | _ -> ", VARIADIC b integer[] DEFAULT '{}'", ", integer[]"

        let head = $"CREATE FUNCTION {name}({argument} integer{more}) RETURNS {result}"
        let tail = $"IMMUTABLE{attributes item}"

        let sql =
            match Item.get "language" item with
            | 0 -> $"""{head} LANGUAGE sql {tail} AS {Text.body $"SELECT ($1 + {k})::{result}"}"""
            | 1 -> $"""{head} LANGUAGE plpgsql {tail} AS {Text.body $"BEGIN\n  RETURN $1 + {k}; -- it's\nEND"}"""
            | 2 -> $"{head} LANGUAGE sql {tail} BEGIN ATOMIC SELECT {argument} + {k}; END"
            | _ -> $"{head} LANGUAGE sql {tail} RETURN {argument} * {k + 1}"

        routine "FUNCTION" model item ("integer" + moreTypes) [ sql ]

    /// Set-returning, over a relation: SETOF its row, or a table of its columns.
    let rows (model: Model) (item: Item) =
        Scope.reference Model.relations "from" model item
        |> Option.bind (fun from ->
            let columns = Scope.columns model from

            if columns.IsEmpty then
                None
            else
                let name, fromName = Scope.qualified model item, Scope.qualified model from
                let list = columns |> List.map (fun c -> $"r.{Scope.ident c.Name}") |> Text.join

                // The row of a table keeps its columns' order, which an edit may change: it is asked for as a whole.
                let isRow = Scope.returnsRow item

                let result =
                    match isRow with
                    | true -> $"SETOF {fromName}"
                    | false ->
                        let table = columns |> List.map (fun c -> $"{Scope.ident c.Name} {c.Ty.Sql}") |> Text.join

                        $"TABLE({table})"

                let query =
                    if isRow then
                        $"SELECT r.* FROM {fromName} r"
                    else
                        $"SELECT {list} FROM {fromName} r"

                let head = $"CREATE FUNCTION {name}() RETURNS {result}"
                let rows = if Item.has "rows" item then $""" ROWS {Item.get "rows" item * 10}""" else ""

                let sql =
                    match Item.get "language" item with
                    | 0 -> $"{head} LANGUAGE sql STABLE{rows}{attributes item} AS {Text.body query}"
                    | 1 ->
                        $"""{head} LANGUAGE plpgsql STABLE{rows}{attributes item} AS {Text.body $"BEGIN RETURN QUERY {query}; END"}"""
                    | _ -> $"{head} LANGUAGE sql STABLE{rows}{attributes item} BEGIN ATOMIC {query}; END"

                routine "FUNCTION" model item "" [ sql ])

    let procedure (model: Model) (item: Item) =
        let name = Scope.qualified model item
        let ty = Scope.ty model item

        let extra, types =
            match Item.get "more" item with
            | 0 -> "", ""
            | 1 -> ", INOUT b integer DEFAULT 1", ", integer"
            | 2 -> ", OUT b integer", ", OUT b integer"
            | _ -> ", VARIADIC b text[] DEFAULT '{}'", ", text[]"

        let body =
            match Item.get "language" item, Scope.reference [ ItemKind.Table ] "into" model item with
            | 0, Some table when Item.get "more" item <> 2 && Item.get "more" item <> 1 ->
                $"LANGUAGE sql BEGIN ATOMIC DELETE FROM {Scope.qualified model table}; END"
            | _ -> "LANGUAGE plpgsql AS " + Text.body $"""BEGIN PERFORM {Item.get "body" item}; END"""

        routine "PROCEDURE" model item (ty.Sql + types) [ $"CREATE PROCEDURE {name}(a {ty.Sql}{extra}) {body}" ]

    let aggregate (model: Model) (item: Item) =
        let name = Scope.qualified model item

        let arguments, options =
            match Item.get "how" item with
            | 0 -> "integer", "SFUNC = int4pl, STYPE = integer, INITCOND = '0'"
            | 1 -> "integer", "SFUNC = int4pl, STYPE = integer"
            | 2 -> "integer", "SFUNC = int4larger, STYPE = integer, PARALLEL = SAFE, COMBINEFUNC = int4larger"
            | 3 -> "integer", "SFUNC = int4smaller, STYPE = integer, SORTOP = <"
            | _ -> "anyelement", "SFUNC = array_append, STYPE = anyarray, INITCOND = '{}'"

        let arguments, options =
            if Item.get "how" item = 4 then
                "anycompatible", "SFUNC = array_append, STYPE = anycompatiblearray, INITCOND = '{}'"
            else
                arguments, options

        routine "AGGREGATE" model item arguments [ $"CREATE AGGREGATE {name}({arguments}) ({options})" ]

    let operator (model: Model) (item: Item) : Drawn option =
        Scope.reference [ ItemKind.Scalar ] "fn" model item
        |> Option.bind (fun fn ->
            if Item.has "more" fn then
                None
            else
                let sign = [| "@@@"; "!#"; "~~>" |][Item.get "sign" item % 3]
                let call = Some $"OPERATOR {Scope.schema model item}.{sign} (NONE, integer)"

                Some
                    { Scope.nothing with
                        Sql =
                            [ $"CREATE OPERATOR {Scope.schema model item}.{sign} (FUNCTION = {Scope.qualified model fn}, RIGHTARG = integer)" ]
                        Comment = call
                        Owner = call })

    let cast (model: Model) (item: Item) : Drawn option =
        Scope.reference [ ItemKind.Enum; ItemKind.Composite ] "typeref" model item
        |> Option.map (fun ty ->
            let target = [| "text"; "varchar"; "jsonb" |][Item.get "target" item % 3]
            // An implicit one makes the type's own operators ambiguous, also to pg_dump.
            let how = if Item.has "how" item then " AS ASSIGNMENT" else ""

            { Scope.nothing with
                Sql = [ $"CREATE CAST ({Scope.qualified model ty} AS {target}) WITH INOUT{how}" ]
                Comment = Some $"CAST ({Scope.qualified model ty} AS {target})" })

    let triggerFunction (model: Model) (item: Item) =
        let result = if Item.has "null" item then "NULL" else "NEW"

        routine
            "FUNCTION"
            model
            item
            ""
            [ $"CREATE FUNCTION {Scope.qualified model item}() RETURNS trigger LANGUAGE plpgsql{attributes item} AS "
              + Text.body $"""BEGIN /* {Item.get "body" item} */ RETURN {result}; END""" ]
