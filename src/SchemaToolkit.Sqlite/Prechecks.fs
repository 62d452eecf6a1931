namespace SchemaToolkit

/// Questions to the rows before a plan: one row with the count and up to five samples joined by `, `. Pure; needs the
/// functions that `SqliteCast.register` adds.
[<RequireQualifiedAccess>]
module SqlitePrechecks =
    let private q = SqliteName.quote
    let private sampleLength = 60

    let private counted (concerned: string) =
        $"WITH concerned AS ({concerned}) "
        + "SELECT count(*), (SELECT group_concat(sample, ', ') FROM (SELECT sample FROM concerned LIMIT 5)) FROM concerned"

    let private ask (table: ObjectName) (sample: string) (where: string) =
        counted
            $"SELECT substr({sample}, 1, {sampleLength}) AS sample FROM {SqliteName.quoted table} AS r WHERE {where}"

    let private countOnly (table: ObjectName) (where: string) =
        $"SELECT count(*), NULL FROM {SqliteName.quoted table}{where}"

    /// A value for people; blobs by their first bytes.
    let private shown (column: string) =
        let c = q column
        $"CASE typeof({c}) WHEN 'blob' THEN hex(substr({c}, 1, 16)) ELSE {c} END"

    let private shownAll (columns: string list) =
        match columns with
        | [ column ] -> shown column
        | _ ->
            let parts = columns |> List.map (fun c -> $"ifnull({shown c}, 'NULL')") |> String.concat " || ', ' || "
            $"'(' || {parts} || ')'"

    let private duplicates table (columns: string list) (nullsEqual: bool) (where: SqlText option) =
        let conditions =
            [ if not nullsEqual then
                  for column in columns do
                      $"{q column} IS NOT NULL"
              match where with
              | Some sql -> $"({SqliteRender.text sql})"
              | None -> () ]

        let filter = if conditions.IsEmpty then "" else " WHERE " + String.concat " AND " conditions

        let keys = columns |> List.map q |> String.concat ", "

        counted (
            $"SELECT substr({shownAll columns}, 1, {sampleLength}) AS sample FROM {SqliteName.quoted table}{filter} "
            + $"GROUP BY {keys} HAVING count(*) > 1"
        )

    let private orphans table (fk: ForeignKey) =
        let given = fk.Columns |> List.map (fun c -> $"r.{q c} IS NOT NULL") |> String.concat " AND "

        let same =
            List.zip fk.Columns fk.TargetColumns
            |> List.map (fun (column, target) -> $"t.{q target} = r.{q column}")
            |> String.concat " AND "

        ask
            table
            (shownAll fk.Columns)
            $"{given} AND NOT EXISTS (SELECT 1 FROM {SqliteName.quoted fk.Target} AS t WHERE {same})"

    let private casts table column before after (verdict: int) =
        ask table (shown column) $"{SqliteCast.verdict before after (q column)} = {verdict}"

    /// Rows are shown by the columns that the check names; not every table has rowids.
    let private violations table (check: Check) =
        let sample =
            match SqlText.columns check.Expression with
            | [] -> "'a row'"
            | columns -> shownAll columns

        ask table sample $"({SqliteRender.text check.Expression}) IS FALSE"

    let render (precheck: Precheck) : string =
        match precheck with
        | Precheck.Rows table -> countOnly table ""
        | Precheck.Values(table, column) -> ask table (shown column) $"{q column} IS NOT NULL"
        | Precheck.Nulls(table, column) -> countOnly table $" WHERE {q column} IS NULL"
        | Precheck.Duplicates(table, columns, nullsEqual, where) -> duplicates table columns nullsEqual where
        | Precheck.Orphans(table, foreignKey) -> orphans table foreignKey
        | Precheck.Violations(table, check) -> violations table check
        | Precheck.LossyCasts(table, column, before, after) -> casts table column before after 1
        | Precheck.FailingCasts(table, column, before, after) -> casts table column before after 2
        | Precheck.EnumValues(table, column, removed) ->
            let values = removed |> List.map SqliteStorage.literal |> String.concat ", "
            ask table (shown column) $"{q column} IN ({values})"
