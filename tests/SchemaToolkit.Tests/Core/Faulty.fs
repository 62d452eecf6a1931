/// Schemas with one fault each.
module SchemaToolkit.Tests.Faulty

open System
open SchemaToolkit

let id = Column.uuid "id"
let table = Table.define "t" [ id ] |> Table.primaryKey [ id ]
let plugin (tables: Table list) = Schema.forPlugin "p" tables

/// A table with a key and the given columns.
let tableOf (columns: ColumnHandle list) = Table.define "t" (id :: columns) |> Table.primaryKey [ id ]

let private withColumn (column: ColumnHandle) = plugin [ tableOf [ column ] ]
let private raw (columnType: ColumnType) = Column.ofType<string> columnType "c"

let private defaulting (columnType: ColumnType) (value: ColumnDefault) =
    withColumn (ColumnHandle { (raw columnType).Definition with Default = Some value })

let literal columnType value = defaulting columnType (ColumnDefault.Literal value)

/// A schema with one fault, and the code that tells it.
let schemas: (string * string * Schema) list =
    let c = Column.text "c"
    let n = Column.integer "n"
    let optional = Column.text "o" |> Column.optional
    let json = Column.jsonText "j"
    let other = Table.define "u" [ id; c ] |> Table.primaryKey [ id ]
    let named name = Table.define name [ id ]
    let column name = withColumn (Column.text name)
    let index (definition: IndexDef) = plugin [ tableOf [ c; n; json ] |> Table.indexWith definition ]
    let policy (definition: Policy) = plugin [ tableOf [ c ] |> Table.policy definition ]
    let enum values = plugin [ table ] |> Schema.withEnums [ EnumType.define "e" values ]
    let references pairs = plugin [ tableOf [ c; optional; n ] |> Table.references other pairs; other ]

    let acting action (column: ColumnHandle) target =
        let near = tableOf [ c; column ]
        plugin [ near |> Table.referencesWith (ForeignKey.onDelete action) other [ column, target ]; other ]

    let custom (definition: ColumnDef -> ColumnDef) = withColumn (ColumnHandle(definition n.Definition))

    [ "invalid-name", "a quote in a column", column "a\"b"
      "invalid-name", "an apostrophe", column "a'b"
      "invalid-name", "a dot", column "a.b"
      "invalid-name", "NUL", column "a\000b"
      "invalid-name", "a line break", column "a\nb"
      "invalid-name", "nothing", column ""
      "invalid-name", "white space around", column " a"
      "invalid-name", "64 bytes", column (String('a', 64))
      "invalid-name", "32 characters of two bytes", column (String('é', 32))
      "invalid-name", "half a surrogate pair", column "a\ud83d"
      "invalid-name", "what SQLite reserves", plugin [ named "sqlite_master" ]
      "invalid-name", "the separator in a table", plugin [ named "a__b" ]
      "invalid-name", "a quote in a constraint", plugin [ tableOf [ c ] |> Table.uniqueNamed "a\"b" [ c ] ]
      "invalid-name", "a quote in an index", index (Index.on [ c ] |> Index.named "i\"")
      "invalid-name", "a quote in a check", plugin [ tableOf [ n ] |> Table.check "a\"" $"{n} > 0" ]
      "invalid-name", "a quote in a policy", policy (Policy.create "p\"" PolicyCommand.All)
      "invalid-name", "a quote in an enum", plugin [ table ] |> Schema.withEnums [ EnumType.define "e\"" [ "a" ] ]
      "system-column", "a system column", column "ctid"
      "duplicate-column", "a column twice", plugin [ tableOf [ c; c ] ]
      "case-clash", "columns that differ in case", plugin [ tableOf [ c; Column.text "C" ] ]
      "duplicate-table", "a table twice", plugin [ table; table ]
      "name-clash", "tables that differ in case", plugin [ named "t"; named "T" ]
      "name-clash",
      "an index called like a table",
      plugin [ table; other |> Table.indexWith (Index.on [ c ] |> Index.named "t") ]
      "name-clash", "an index called like a primary key", index (Index.on [ c ] |> Index.named "t_pkey")
      "name-clash", "two indexes of one name", plugin [ tableOf [ c ] |> Table.index [ c ] |> Table.index [ c ] ]
      "name-clash",
      "unique constraints of two tables with one name",
      plugin [ tableOf [ c ] |> Table.uniqueNamed "once" [ c ]; other |> Table.uniqueNamed "once" [ c ] ]
      "name-clash", "an enum called like a table", plugin [ table ] |> Schema.withEnums [ EnumType.define "t" [ "a" ] ]
      "duplicate-constraint", "a constraint twice", plugin [ tableOf [ c ] |> Table.unique [ c ] |> Table.unique [ c ] ]
      "duplicate-constraint",
      "a check called like a key",
      plugin [ tableOf [ n ] |> Table.uniqueNamed "t_x_check" [ n ] |> Table.check "x" $"{n} > 0" ]
      "duplicate-policy",
      "a policy twice",
      plugin
          [ table
            |> Table.policy (Policy.create "p" PolicyCommand.All)
            |> Table.policy (Policy.create "p" PolicyCommand.All) ]
      "duplicate-enum", "an enum twice", enum [ "a" ] |> Schema.withEnums [ EnumType.define "e" [ "a" ] ]
      "duplicate-enum-value", "an enum value twice", enum [ "a"; "a" ]
      "empty-enum", "an enum without values", enum []
      "invalid-enum-value", "an enum value of 64 bytes", enum [ String('a', 64) ]
      "invalid-enum-value", "an empty enum value", enum [ "" ]
      "undeclared-enum", "an enum that is not declared", withColumn (Column.enum (EnumType.define "e" [ "a" ]) "e")
      "no-columns", "a table without columns", plugin [ Table.define "t" [] ]
      "empty-key", "a primary key without columns", plugin [ Table.define "t" [ id ] |> Table.primaryKey [] ]
      "empty-key", "a unique constraint without columns", plugin [ table |> Table.unique [] ]
      "empty-key", "an index without parts", index (Index.on [] |> Index.named "i")
      "empty-key", "a foreign key without columns", references []
      "unknown-column", "a primary key on a stranger", plugin [ Table.define "t" [ id ] |> Table.primaryKey [ c ] ]
      "unknown-column", "a unique constraint on a stranger", plugin [ table |> Table.unique [ c ] ]
      "unknown-column", "an index on a stranger", plugin [ table |> Table.index [ c ] ]
      "unknown-column",
      "an index that carries a stranger",
      index (Index.on [ c ] |> Index.including [ Column.text "x" ])
      "unknown-column", "a check on a stranger", plugin [ table |> Table.check "x" $"{c} <> ''" ]
      "unknown-column", "a predicate on a stranger", index (Index.on [ c ] |> Index.where $"{optional} <> ''")
      "unknown-column",
      "an index expression on a stranger",
      index (Index.by [ IndexPart.expression $"lower({optional})" ])
      "unknown-column",
      "a policy on a stranger",
      policy (Policy.create "p" PolicyCommand.All |> Policy.using (Declared.sql $"{n} > 0"))
      "unknown-column",
      "a generated column on a stranger",
      withColumn (c |> Column.generatedAs (Declared.sql $"{n} + 1"))
      "unknown-column", "a foreign key from a stranger", plugin [ table |> Table.references other [ c, id ]; other ]
      "unknown-column", "a foreign key to a stranger", references [ n, n ]
      "duplicate-key-column", "a key that names a column twice", plugin [ table |> Table.uniqueNamed "x" [ id; id ] ]
      "duplicate-key-column", "an index that names a part twice", index (Index.on [ c; c ])
      "duplicate-key-column", "an index that carries its own column", index (Index.on [ c ] |> Index.including [ c ])
      "nullable-key",
      "a nullable primary key",
      plugin [ Table.define "t" [ optional ] |> Table.primaryKey [ optional ] ]
      "not-comparable", "json in a unique constraint", plugin [ tableOf [ json ] |> Table.unique [ json ] ]
      "not-comparable", "json in a btree", index (Index.on [ json ])
      "column-count",
      "a foreign key with fewer columns on the far side",
      plugin
          [ { table with
                ForeignKeys =
                    [ { Name = "fk"
                        Columns = [ "id" ]
                        Target = ObjectName.relative "u"
                        TargetColumns = []
                        OnDelete = ReferentialAction.NoAction
                        OnUpdate = ReferentialAction.NoAction
                        Deferrability = Deferrability.NotDeferrable } ] }
            other ]
      "unknown-table",
      "a foreign key to a table that is not there",
      plugin [ table |> Table.references other [ id, id ] ]
      "unknown-table",
      "a policy on a table that is not there",
      policy (Policy.create "p" PolicyCommand.All |> Policy.using (Declared.sql $"exists (select 1 from {other})"))
      "target-not-unique", "a foreign key to what is not unique", references [ c, c ]
      "type-mismatch", "a foreign key between types", references [ n, id ]
      "set-null-not-null", "SET NULL on NOT NULL", acting ReferentialAction.SetNull (Column.uuid "r") id
      "set-default-none", "SET DEFAULT without a default", acting ReferentialAction.SetDefault (Column.uuid "r") id
      "generated-action",
      "SET NULL on a generated column",
      acting
          ReferentialAction.SetNull
          (Column.uuid "r" |> Column.generatedAs (Declared.sql $"{id}") |> Column.optional)
          id
      "invalid-type", "varchar(0)", withColumn (Column.varchar 0 "c")
      "invalid-type", "varchar beyond the limit", withColumn (Column.varchar 10485761 "c")
      "invalid-type", "char(0)", withColumn (Column.char 0 "c")
      "invalid-type", "a precision of 0", withColumn (Column.decimal 0 0 "c")
      "invalid-type", "a precision of 1001", withColumn (Column.decimal 1001 0 "c")
      "invalid-type", "a scale above the precision", withColumn (Column.decimal 3 4 "c")
      "invalid-type", "a scale below 0", withColumn (Column.decimal 3 -1 "c")
      "invalid-type", "a vector without dimensions", withColumn (Column.vector 0 "c")
      "invalid-type", "a vector of 16001", withColumn (Column.vector 16001 "c")
      "invalid-type", "an array of arrays", withColumn (Column.array (Column.array c))
      "invalid-type", "an array of vectors", withColumn (Column.array (Column.vector 3 "c"))
      "invalid-type", "an array of varchar(0)", withColumn (Column.array (Column.varchar 0 "c"))
      "identity-type", "identity on text", withColumn (c |> Column.identity)
      "identity-nullable", "a nullable identity", withColumn (n |> Column.identity |> Column.optional)
      "identity-default",
      "identity with a default",
      withColumn (n |> Column.identity |> Column.defaultsTo (Default.value 1))
      "identity-generated",
      "identity and generated",
      withColumn (n |> Column.identity |> Column.generatedAs (SqlText.raw "1"))
      "generated-default",
      "generated with a default",
      withColumn (n |> Column.generatedAs (SqlText.raw "1") |> Column.defaultsTo (Default.value 1))
      "generated-on-generated",
      "generated from generated",
      (let first = n |> Column.generatedAs (SqlText.raw "1")
       plugin [ tableOf [ first; Column.integer "m" |> Column.generatedAs (Declared.sql $"{first} + 1") ] ])
      "generated-on-generated", "generated from itself", withColumn (n |> Column.generatedAs (Declared.sql $"{n} + 1"))
      "default-names-column",
      "a default that looks at its row",
      defaulting ColumnType.Text (ColumnDefault.Expression(Declared.sql $"{c}"))
      "no-subquery",
      "a check that looks at a table",
      plugin [ tableOf [ n ] |> Table.check "x" $"{n} in (select 1 from {table})" ]
      "no-subquery",
      "a default that looks at a table",
      defaulting ColumnType.Text (ColumnDefault.Expression(Declared.sql $"(select 1 from {table})"))
      "empty-sql", "an empty check", plugin [ table |> Table.check "x" $" " ]
      "empty-sql", "a check for no engine", plugin [ table |> Table.checkPer "x" (SqlText.PerEngine []) ]
      "invalid-sql", "NUL in SQL", plugin [ table |> Table.checkPer "x" (SqlText.raw "1\000") ]
      "unknown-engine", "a misspelt engine", index (Index.on [ c ] |> Index.onlyOn "postgresql")
      "unknown-engine",
      "a text for a misspelt engine",
      plugin [ table |> Table.checkPer "x" (Declared.per [ "sqllite", $"1" ]) ]
      "duplicate-engine",
      "two texts for one engine",
      plugin [ table |> Table.checkPer "x" (Declared.per [ "sqlite", $"1"; "sqlite", $"2" ]) ]
      "invalid-collation", "an empty collation", withColumn (c |> Column.collate "")
      "invalid-collation", "a quote in a collation", withColumn (c |> Column.collate "C\"")
      "invalid-collation", "a collation of a number", withColumn (n |> Column.collate "C")
      "invalid-comment", "NUL in a comment", withColumn (c |> Column.comment "\000")
      "unknown-method", "an unknown index method", index (Index.on [ c ] |> Index.using "bitmap")
      "invalid-opclass", "SQL in an operator class", index (Index.on [ c ] |> Index.opClass "x\"); drop table t; --")
      "index-order",
      "an order of gin",
      index (Index.by [ IndexPart.column c |> IndexPart.descending ] |> Index.using "gin")
      "index-columns", "a hash index of two columns", index (Index.on [ c; n ] |> Index.using "hash")
      "index-unique", "a unique gin index", index (Index.on [ c ] |> Index.using "gin" |> Index.unique)
      "index-nulls", "distinct NULLs of an index that is not unique", index (Index.on [ c ] |> Index.nullsNotDistinct)
      "index-include", "a gin index that carries", index (Index.on [ c ] |> Index.using "gin" |> Index.including [ n ])
      "index-parameter",
      "SQL in a storage parameter",
      index (Index.on [ c ] |> Index.parameter "m" "16); drop table t; --")
      "policy-clause",
      "USING for insert",
      policy (Policy.create "p" PolicyCommand.Insert |> Policy.using (SqlText.raw "true"))
      "policy-clause",
      "WITH CHECK for delete",
      policy (Policy.create "p" PolicyCommand.Delete |> Policy.withCheck (SqlText.raw "true"))
      "invalid-role", "a quote in a role", policy (Policy.create "p" PolicyCommand.All |> Policy.forRoles [ "a\"b" ])
      "invalid-role", "PUBLIC as a role", policy (Policy.create "p" PolicyCommand.All |> Policy.forRoles [ "public" ])
      "rename-to-itself", "a rename from itself", plugin [ table |> Table.renamedFrom "t" ]
      "rename-cycle",
      "tables that change places",
      plugin [ table |> Table.renamedFrom "u"; other |> Table.renamedFrom "t" ]
      "rename-cycle",
      "columns that change places",
      plugin [ tableOf [ c |> Column.renamedFrom "n"; n |> Column.renamedFrom "c" ] ]
      "rename-shared", "two that were one", plugin [ table |> Table.renamedFrom "x"; other |> Table.renamedFrom "x" ]
      "invalid-rename", "a rename from nothing", plugin [ table |> Table.renamedFrom "" ]
      "invalid-plugin", "no plugin id", Schema.inNamespace "n" "" [ table ]
      "invalid-plugin", "white space in a plugin id", Schema.inNamespace "n" "a b" [ table ]
      "invalid-plugin", "NUL in a plugin id", Schema.inNamespace "n" "a\000" [ table ]
      "invalid-namespace", "the ledger's namespace", Schema.inNamespace "migrations" "p" [ table ]
      "invalid-namespace", "PostgreSQL's namespaces", Schema.inNamespace "pg_toast" "p" [ table ]
      "invalid-namespace", "the separator in a namespace", Schema.inNamespace "a__b" "p" [ table ]
      "invalid-namespace", "a namespace that ends with the separator's character", Schema.inNamespace "a_" "p" [ table ]
      "host-namespace", "a plugin in public", Schema.inNamespace "public" "p" [ table ]
      "host-namespace", "a table in public", plugin [ table |> Table.inNamespace "public" ]
      "host-namespace", "a plugin that calls itself the host", Schema.forPlugin "public" [ table ]
      "invalid-version", "version 0", plugin [ table ] |> Schema.version 0
      "default-type", "text on an integer", literal ColumnType.Integer (Literal.Text "1")
      "default-type", "too much for a smallint", literal ColumnType.SmallInt (Literal.Integer 40000L)
      "default-type", "too much for an integer", literal ColumnType.Integer (Literal.Integer 3000000000L)
      "default-type", "a fraction on an integer", literal ColumnType.Integer (Literal.Number "1.5")
      "default-type", "a number on a boolean", literal ColumnType.Boolean (Literal.Integer 1L)
      "default-type", "no uuid", literal ColumnType.Uuid (Literal.Text "not-a-uuid")
      "default-type", "no JSON", literal ColumnType.Json (Literal.Text "{")
      "default-type", "NUL in jsonb", literal ColumnType.Jsonb (Literal.Text "\"\\u0000\"")
      "default-type", "text on numeric", literal (ColumnType.Numeric None) (Literal.Text "1")
      "default-type", "no number on numeric", literal (ColumnType.Numeric None) (Literal.Number "NaN")
      "default-type",
      "more digits than numeric keeps",
      literal (ColumnType.Numeric(Some { Precision = 4; Scale = 2 })) (Literal.Number "100.00")
      "default-type",
      "digits that numeric would round",
      literal (ColumnType.Numeric(Some { Precision = 4; Scale = 2 })) (Literal.Number "1.005")
      "default-type", "too much for a real", literal ColumnType.Real (Literal.Number "1e300")
      "default-type", "text longer than its varchar", literal (ColumnType.Varchar 2) (Literal.Text "abc")
      "default-type", "NUL in text", literal ColumnType.Text (Literal.Text "a\000")
      "default-type", "a day that is not there", literal ColumnType.Date (Literal.Text "2023-02-29")
      "default-type", "an hour that is not there", literal ColumnType.Time (Literal.Text "25:00:00")
      "default-type", "an instant without a zone", literal ColumnType.Timestamp (Literal.Text "2024-01-01T00:00:00")
      "default-type", "a zone on a local time", literal ColumnType.LocalTimestamp (Literal.Text "2024-01-01T00:00:00Z")
      "default-type", "no duration", literal ColumnType.Interval (Literal.Text "P")
      "default-type", "odd hexadecimal digits", literal ColumnType.Bytea (Literal.Bytes "abc")
      "default-type", "a vector of other dimensions", literal (ColumnType.Vector 3) (Literal.Text "[1,2]")
      "default-type", "a literal on an array", literal (ColumnType.Array ColumnType.Text) (Literal.Text "{}")
      "default-type", "a uuid on text", defaulting ColumnType.Text ColumnDefault.NewUuid
      "default-type", "the time on a number", defaulting ColumnType.Integer ColumnDefault.Now
      "default-type",
      "a value that the enum lacks",
      (let e = EnumType.define "e" [ "a" ]
       withColumn (Column.enum e "e" |> Column.defaultsTo (Default.value "b")) |> Schema.withEnums [ e ])
      "identity-type",
      "identity of a uuid",
      custom (fun c -> { c with Type = ColumnType.Uuid; Identity = Some Identity.Always }) ]
