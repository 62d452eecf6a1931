namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open Npgsql

/// Rows of the queries of `PlainSql`.
[<RequireQualifiedAccess>]
module internal PlainRow =
    /// A table or an index as `pg_class` has it.
    type Relation =
        { Oid: uint32
          Name: string
          Namespace: uint32
          Kind: char
          Unlogged: bool
          Owner: uint32
          RowType: uint32
          ArrayType: uint32
          AccessMethod: uint32
          IsPartition: bool
          IsTyped: bool
          IsPlain: bool }

    [<Struct>]
    type Column =
        { Table: uint32
          Number: int
          Name: string
          Type: uint32
          Modifier: int
          Collation: uint32
          NotNull: bool
          Storage: char
          IsPlain: bool }

    /// The expression is None for a generated column.
    [<Struct>]
    type Default = { Oid: uint32; Table: uint32; Number: int; Expression: string option }

    type Constraint =
        {
            Oid: uint32
            Name: string
            Table: uint32
            Type: char
            Index: uint32
            Referenced: uint32
            OnUpdate: char
            OnDelete: char
            Match: char
            Columns: int array
            ReferencedColumns: int array
            /// Of a check, as a tree.
            Expression: string
            IsPlain: bool
        }

    type Index =
        {
            Oid: uint32
            Table: uint32
            Unique: bool
            Columns: int array
            Classes: uint32 array
            Collations: uint32 array
            Options: int array
            /// As a tree; empty where there is none.
            Predicate: string
            IsPlain: bool
        }

    /// One text for each letter of `pg_attribute.attstorage`, not one for each column.
    let storage (letter: char) : string =
        match letter with
        | 'p' -> "p"
        | 'e' -> "e"
        | 'm' -> "m"
        | 'x' -> "x"
        | other -> string other

    /// How the type of a column is written, and the storage that is the type's own.
    [<Struct>]
    type WrittenType = { Written: string; OwnStorage: string }

    /// A role, with what it has on a table to which nothing was granted: one value for all of its tables.
    [<Struct>]
    type Owner = { Role: string option; Grants: Grant list option }

    /// The answers to the queries of `PlainSql`.
    type All =
        {
            /// By number; and those that are somebody's own.
            Namespaces: Dictionary<uint32, string>
            Own: HashSet<uint32>
            Keywords: HashSet<string>
            /// Operator classes of `btree` that are a type's default.
            DefaultClasses: Dictionary<uint32, uint32>
            Operators: Dictionary<uint32, PlainExpression.Operator>
            Relations: Dictionary<uint32, Relation>
            Columns: List<Column>
            Defaults: List<Default>
            Constraints: List<Constraint>
            Indexes: Dictionary<uint32, Index>
        }

[<RequireQualifiedAccess>]
module internal PlainRows =
    /// Vectors of numbers come as text, `1 2` or `{1,2}`: few different ones in a whole database.
    [<Sealed>]
    type private Vectors<'T>(parse: string -> 'T) =
        let known = Dictionary<string, 'T array>()

        member _.Read(text: string) : 'T array =
            match known.TryGetValue text with
            | true, found -> found
            | false, _ ->
                let items =
                    text.Trim('{', '}').Split([| ' '; ',' |], StringSplitOptions.RemoveEmptyEntries) |> Array.map parse

                known[text] <- items
                items

    let private oid (reader: NpgsqlDataReader) i = reader.GetFieldValue<uint32> i
    let private char' (reader: NpgsqlDataReader) i = reader.GetFieldValue<char> i
    let private optional (reader: NpgsqlDataReader) i = if reader.IsDBNull i then None else Some(reader.GetString i)
    let private orEmpty (reader: NpgsqlDataReader) i = if reader.IsDBNull i then "" else reader.GetString i

    let private relation (r: NpgsqlDataReader) : PlainRow.Relation =
        { Oid = oid r 0
          Name = r.GetString 1
          Namespace = oid r 2
          Kind = char' r 3
          Unlogged = (char' r 4 = 'u')
          Owner = oid r 5
          RowType = oid r 6
          ArrayType = oid r 7
          AccessMethod = oid r 8
          IsPartition = r.GetBoolean 9
          IsTyped = r.GetBoolean 10
          IsPlain = r.GetBoolean 11 }

    let private column (r: NpgsqlDataReader) : PlainRow.Column =
        { Table = oid r 0
          Number = int (r.GetInt16 1)
          Name = r.GetString 2
          Type = oid r 3
          Modifier = r.GetInt32 4
          Collation = oid r 5
          NotNull = r.GetBoolean 6
          Storage = char' r 7
          IsPlain = r.GetBoolean 8 }

    /// No rows yet, and the queries with what becomes of theirs.
    let asking (version: int) : PlainRow.All * (string * (NpgsqlDataReader -> unit)) list =
        let rows: PlainRow.All =
            { Namespaces = Dictionary()
              Own = HashSet()
              Keywords = HashSet()
              DefaultClasses = Dictionary()
              Operators = Dictionary()
              Relations = Dictionary()
              Columns = List()
              Defaults = List()
              Constraints = List()
              Indexes = Dictionary() }

        let numbers, oids = Vectors<int> int, Vectors<uint32> uint32

        rows,
        [ PlainSql.namespaces,
          (fun r ->
              rows.Namespaces[oid r 0] <- r.GetString 1

              if r.GetBoolean 2 then
                  rows.Own.Add(oid r 0) |> ignore)
          PlainSql.keywords, (fun r -> rows.Keywords.UnionWith((r.GetString 0).Split ' '))
          PlainSql.defaultClasses, (fun r -> rows.DefaultClasses[oid r 0] <- oid r 1)
          PlainSql.operators,
          (fun r ->
              let found: PlainExpression.Operator = { Name = r.GetString 1; Left = oid r 2; Right = oid r 3 }

              rows.Operators[oid r 0] <- found)
          PlainSql.relations,
          (fun r ->
              let found = relation r
              rows.Relations[found.Oid] <- found)
          PlainSql.columns version, (fun r -> rows.Columns.Add(column r))
          PlainSql.defaults,
          (fun r ->
              let found: PlainRow.Default =
                  { Oid = oid r 0
                    Table = oid r 1
                    Number = int (r.GetInt16 2)
                    Expression = optional r 3 }

              rows.Defaults.Add found)
          PlainSql.constraints version,
          (fun r ->
              let found: PlainRow.Constraint =
                  { Oid = oid r 0
                    Name = r.GetString 1
                    Table = oid r 2
                    Type = char' r 3
                    Index = oid r 4
                    Referenced = oid r 5
                    OnUpdate = char' r 6
                    OnDelete = char' r 7
                    Match = char' r 8
                    Columns = numbers.Read(orEmpty r 9)
                    ReferencedColumns = numbers.Read(orEmpty r 10)
                    Expression = r.GetString 11
                    IsPlain = r.GetBoolean 12 }

              rows.Constraints.Add found)
          PlainSql.indexes,
          (fun r ->
              let found: PlainRow.Index =
                  { Oid = oid r 0
                    Table = oid r 1
                    Unique = r.GetBoolean 2
                    Columns = numbers.Read(r.GetString 3)
                    Classes = oids.Read(r.GetString 4)
                    Collations = oids.Read(r.GetString 5)
                    Options = numbers.Read(r.GetString 6)
                    Predicate = orEmpty r 7
                    IsPlain = r.GetBoolean 8 }

              rows.Indexes[found.Oid] <- found) ]
