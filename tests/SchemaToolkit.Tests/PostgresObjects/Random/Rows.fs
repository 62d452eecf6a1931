namespace SchemaToolkit.Tests.PostgresObjects.Random

open System
open System.Collections.Generic
open System.Threading.Tasks
open Npgsql
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Tests.PostgresObjects

/// A plan must not lose rows that need not be lost.
[<RequireQualifiedAccess>]
module Rows =
    let private asText (sql: string) = "'" + sql.Replace("'", "''") + "'"

    let private insertInto (model: Model) (table: Item) =
        let own = Scope.own model table |> List.map (fun c -> c.Id, c) |> Map.ofList

        // What the engine computes is left to it.
        let given =
            Scope.columns model table
            |> List.filter (fun c ->
                match own.TryFind c.Id |> Option.orElse (model.Items.TryFind c.Id) with
                | Some item -> not (Item.has "generated" item) && not (Item.has "auto" item)
                | None -> true)

        [ for k in 1..3 do
              let values =
                  given |> List.map (fun c -> Ty.literal k c.Ty.Family |> Option.defaultValue "NULL") |> Text.join

              if given.IsEmpty then
                  $"INSERT INTO {Scope.qualified model table} DEFAULT VALUES"
              else
                  $"INSERT INTO {Scope.qualified model table} ({Text.columnNames given}) VALUES ({values})" ]

    /// Three rows for each table, as far as its constraints allow them.
    let insert (model: Model) =
        let statements =
            [ for KeyValue(_, item) in model.Items do
                  if List.contains item.Kind Model.tables && item.Kind <> ItemKind.Partition then
                      yield! insertInto model item ]

        let all = statements |> List.map asText |> String.concat ", "

        $"DO $rows$DECLARE s text; BEGIN FOREACH s IN ARRAY ARRAY[{all}]::text[] LOOP BEGIN EXECUTE s; SET CONSTRAINTS ALL IMMEDIATE; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END$rows$"

    /// Values that cannot be converted and constraints that rows break: a plan may be refused for them.
    let isInTheWay (line: string) =
        let line = line.Replace("(back) ", "")

        line.StartsWith("refused (22", StringComparison.Ordinal)
        || line.StartsWith("refused (23", StringComparison.Ordinal)

    /// Tables that are tables on both sides and are not cut into partitions otherwise.
    let private isKept (a: TableFacts) (b: TableFacts) = a.PartitionKey = b.PartitionKey && a.PartitionKey.IsNone

    /// Tables on both sides, and their columns of the same type that are nowhere generated.
    let private surviving (from: PgDatabase) (wanted: PgDatabase) =
        [ for KeyValue(address, before) in from.Objects do
              match before.Facts, wanted.Objects.TryFind address with
              | Facts.Table a, Some { Facts = Facts.Table b } when address.Kind = Kind.Table && isKept a b ->
                  let columns =
                      [ for column in from.ColumnsOf.TryFind address |> Option.defaultValue [] do
                            match column.Facts, wanted.Objects.TryFind column.Address with
                            | Facts.Column x, Some { Facts = Facts.Column y } when
                                x.Type = y.Type && x.Generated.IsNone && y.Generated.IsNone
                                ->
                                column.Address.Part
                            | _ -> () ]

                  address, columns
              | _ -> () ]

    let private values (connection: NpgsqlConnection) (tables: (Address * string list) list) =
        task {
            let found = Dictionary<string, string>()

            let query =
                [ for table, columns in tables do
                      let name = Quote.qualified table.Schema table.Name
                      $"SELECT {asText name}, count(*)::text FROM ONLY {name}"

                      for column in columns do
                          $"SELECT {asText (name + Quote.name column)}, coalesce(string_agg({Quote.name column}::text, '|' ORDER BY {Quote.name column}::text), '') FROM ONLY {name}" ]
                |> String.concat " UNION ALL "

            if query <> "" then
                use command = new NpgsqlCommand(query, connection)
                use! reader = command.ExecuteReaderAsync()
                let mutable more = true

                while more do
                    let! next = reader.ReadAsync()
                    more <- next

                    if next then
                        found[reader.GetString 0] <- reader.GetString 1

            return found
        }

    /// Counts of rows, and what stands in the columns that stay.
    let kept: Pairs.Watch =
        fun connection from wanted ->
            task {
                let tables = surviving from wanted
                let! before = values connection tables

                return
                    fun () ->
                        task {
                            let! after = values connection tables

                            return
                                [ for KeyValue(place, value) in before do
                                      if after[place] <> value then
                                          $"rows were lost: {place} held '{value}' and holds '{after[place]}'" ]
                        }
            }
