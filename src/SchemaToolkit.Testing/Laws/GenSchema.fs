namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Generators of whole schemas.
[<RequireQualifiedAccess>]
module GenSchema =
    open GenColumn

    let private named = ObjectName.create Profile.ns

    let enum (name: string) : Gen<EnumType> =
        gen {
            let! values = someOf 1 4 Profile.enumValues
            let! stale = optional 5 (Gen.elements Profile.enumNames)

            return { Name = named name; Values = values; RenamedFrom = Option.toList stale }
        }

    /// A table with columns, keys, checks and indexes, but without foreign keys.
    let table (profile: Profile) (enums: EnumType list) (name: string) : Gen<Table> =
        gen {
            let! columnNames = someOf 1 8 Profile.columnNames
            let! columns = columnNames |> List.map (plain profile enums) |> Gen.sequenceToList
            let! computedName = Gen.elements [ "computed"; "derived" ]
            let! withComputed = chance 30

            let! extra =
                if withComputed then
                    computed profile columns computedName
                else
                    Gen.constant None

            let! comment = comment
            let! shared = chance 10
            let! rowSecurity = GenTable.rowSecurity
            let! stale = optional 5 (Gen.elements Profile.tableNames)
            let! withoutRowId = chance 20

            let bare =
                { Table.define name [] with
                    Name = named name
                    Columns = columns @ Option.toList extra
                    Comment = comment
                    Shared = shared
                    RowSecurity = rowSecurity
                    WithoutRowId = withoutRowId
                    RenamedFrom = Option.toList stale }

            let! key = GenTable.primaryKey bare
            let! withKey = chance 85
            let! uniques = several 0 2 (GenTable.unique profile bare)
            let! checks = several 0 2 (GenTable.check bare)
            let! indexes = several 0 2 (GenTable.index profile bare)
            let! policies = several 0 1 (GenTable.policy bare)

            return
                { bare with
                    PrimaryKey = if withKey then key else None
                    Uniques = uniques
                    Checks = List.choose id checks
                    Indexes = List.choose id indexes
                    Policies = List.choose id policies }
        }

    let private withForeignKeys (tables: Table list) (t: Table) : Gen<Table> =
        several 0 2 (GenTable.foreignKey tables t)
        |> Gen.map (fun keys -> { t with ForeignKeys = List.choose id keys })

    /// A valid schema of one to six tables, in the namespace of a plugin called `generated`.
    let schema (profile: Profile) : Gen<Schema> =
        gen {
            let! enumNames = someOf 0 2 Profile.enumNames
            let! enums = enumNames |> List.map enum |> Gen.sequenceToList
            let! count = Gen.frequency [ 3, Gen.choose (1, 2); 3, Gen.choose (2, 4); 1, Gen.choose (4, 6) ]
            let! tableNames = someOf count count Profile.tableNames
            let! bare = tableNames |> List.map (table profile enums) |> Gen.sequenceToList

            let valid =
                Repair.schema profile { Schema.empty "generated" Profile.ns with Enums = enums; Tables = bare }

            let! tables = valid.Tables |> List.map (withForeignKeys valid.Tables) |> Gen.sequenceToList

            // The second ones may stand on the first.
            let objects schema =
                if profile.Objects && not tables.IsEmpty then
                    several 0 2 (GenObject.object schema)
                else
                    Gen.constant []

            let! first = objects valid
            let! second = objects { valid with Objects = first }
            let objects = first @ second

            return Repair.schema profile { valid with Tables = tables; Objects = objects }
        }
