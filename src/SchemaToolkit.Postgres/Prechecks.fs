namespace SchemaToolkit.Postgres

open SchemaToolkit

/// Questions to the rows before a plan: one row with the count and up to five samples. Pure.
[<RequireQualifiedAccess>]
module internal Prechecks =
    let private sampleLength = 60

    /// `sample` and `where` are written over the table's alias `r`.
    let private ask (table: ObjectName) (sample: string) (where: string) =
        $"WITH concerned AS (SELECT left(({sample})::text, {sampleLength}) AS sample FROM {Quote.object table} AS r WHERE {where}) "
        + "SELECT count(*)::bigint, (SELECT string_agg(sample, ', ') FROM (SELECT sample FROM concerned LIMIT 5) AS samples) FROM concerned"

    let private none = "SELECT 0::bigint, NULL::text"

    let private field (column: string) = $"r.{Quote.name column}"

    /// Columns of declared text, qualified by the alias.
    let private condition (sql: SqlText) =
        match SqlText.forEngine Render.engine sql with
        | Some fragments -> SqlText.render Quote.name Quote.object fragments
        | None -> "true"

    let private row (columns: string list) =
        match columns with
        | [ column ] -> field column
        | _ ->
            let fields = columns |> List.map field |> String.concat ", "
            $"row({fields})"

    let private duplicates table (columns: string list) nullsEqual (where: SqlText option) =
        let fields = columns |> List.map field |> String.concat ", "

        let conditions =
            [ if not nullsEqual then
                  for column in columns do
                      $"{field column} IS NOT NULL"
              match where with
              | Some sql -> $"({condition sql})"
              | None -> () ]

        let filter =
            if conditions.IsEmpty then
                ""
            else
                $""" WHERE {String.concat " AND " conditions}"""

        $"WITH concerned AS (SELECT left(({row columns})::text, {sampleLength}) AS sample FROM {Quote.object table} AS r{filter} GROUP BY {fields} HAVING count(*) > 1) "
        + "SELECT count(*)::bigint, (SELECT string_agg(sample, ', ') FROM (SELECT sample FROM concerned LIMIT 5) AS samples) FROM concerned"

    let private orphans table (fk: ForeignKey) =
        let given = fk.Columns |> List.map (fun c -> $"{field c} IS NOT NULL") |> String.concat " AND "

        let same =
            List.zip fk.Columns fk.TargetColumns
            |> List.map (fun (column, target) -> $"t.{Quote.name target} = {field column}")
            |> String.concat " AND "

        ask table (row fk.Columns) $"{given} AND NOT EXISTS (SELECT FROM {Quote.object fk.Target} AS t WHERE {same})"

    let private values table column (condition: string option) =
        match condition with
        | Some condition -> ask table (field column) $"{field column} IS NOT NULL AND ({condition})" |> Reader.before
        | None -> none

    /// `canAsk`: the server has `pg_input_is_valid` (16); before that a temporary function tries each text.
    let render (canAsk: bool) (extensions: Extensions) (precheck: Precheck) : string =
        match precheck with
        | Precheck.Rows table -> $"SELECT count(*)::bigint, NULL::text FROM {Quote.object table}"
        | Precheck.Values(table, column) -> ask table (field column) $"{field column} IS NOT NULL"
        | Precheck.Nulls(table, column) ->
            $"SELECT count(*)::bigint, NULL::text FROM {Quote.object table} AS r WHERE {field column} IS NULL"
        | Precheck.Duplicates(table, columns, nullsEqual, where) -> duplicates table columns nullsEqual where
        | Precheck.Orphans(table, foreignKey) -> orphans table foreignKey
        | Precheck.Violations(table, check) -> ask table "r" $"({condition check.Expression}) IS FALSE"
        | Precheck.LossyCasts(table, column, before, after) ->
            values table column (CastChecks.lossy canAsk extensions before after (field column))
        | Precheck.FailingCasts(table, column, before, after) ->
            values table column (CastChecks.failing canAsk extensions before after (field column))
        | Precheck.EnumValues(table, column, removed) ->
            let labels = removed |> List.map Quote.text |> String.concat ", "
            ask table (field column) $"{field column}::text IN ({labels})"
