module SchemaToolkit.Tests.Sqlite.SqliteCastTests

open Expecto
open SchemaToolkit

let private int v = StoredValue.Integer v
let private real v = StoredValue.Real v
let private text v = StoredValue.Text v
let private numeric precision scale = ColumnType.Numeric(Some { Precision = precision; Scale = scale })
let private array = ColumnType.Array

/// What PostgreSQL's assignment cast gives for the same value; None where it fails.
let private cases =
    [ ColumnType.BigInt, int 40000L, ColumnType.SmallInt, None
      ColumnType.Integer, int 7L, ColumnType.Text, Some(text "7")
      ColumnType.Integer, int 7L, numeric 6 2, Some(text "7.00")
      ColumnType.Integer, int 12345L, numeric 6 2, None
      ColumnType.Integer, int 16777217L, ColumnType.Real, Some(real 16777216.0)
      numeric 6 2, text "2.50", ColumnType.Integer, Some(int 3L)
      numeric 6 2, text "-2.50", ColumnType.Integer, Some(int -3L)
      ColumnType.Double, real 2.5, ColumnType.Integer, Some(int 2L)
      ColumnType.Double, real 3.5, ColumnType.Integer, Some(int 4L)
      ColumnType.Double, real infinity, ColumnType.Integer, None
      ColumnType.Double, real 1e300, ColumnType.Real, None
      ColumnType.Double, real 0.1, ColumnType.Text, Some(text "0.1")
      ColumnType.Double, real 1.0, ColumnType.Text, Some(text "1")
      ColumnType.Real, real (float 0.1f), ColumnType.Text, Some(text "0.1")
      ColumnType.Real, real (float 0.1f), ColumnType.Numeric None, Some(text "0.1")
      ColumnType.Double, real 1e-7, ColumnType.Numeric None, Some(text "0.0000001")
      numeric 10 4, text "1.2345", numeric 10 2, Some(text "1.23")
      numeric 10 4, text "-1.2350", numeric 10 2, Some(text "-1.24")
      ColumnType.Numeric None, text "99.995", numeric 4 2, None
      ColumnType.Numeric None,
      text "12345678901234567890.123456789012345678901",
      numeric 40 20,
      Some(text "12345678901234567890.12345678901234567890")
      ColumnType.Boolean, int 1L, ColumnType.Text, Some(text "true")
      ColumnType.Text, text " YES ", ColumnType.Boolean, Some(int 1L)
      ColumnType.Text, text "maybe", ColumnType.Boolean, None
      ColumnType.Text, text " 12 ", ColumnType.Integer, Some(int 12L)
      ColumnType.Text, text "1.5", ColumnType.Integer, None
      ColumnType.Text, text "1.5e2", ColumnType.Numeric None, Some(text "150")
      ColumnType.Text, text "abc  ", ColumnType.Varchar 3, Some(text "abc")
      ColumnType.Text, text "abcd", ColumnType.Varchar 3, Some(text "abc")
      ColumnType.Text, text "é🙂", ColumnType.Char 4, Some(text "é🙂  ")
      ColumnType.Char 4, text "ab  ", ColumnType.Text, Some(text "ab")
      ColumnType.Text,
      text "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}",
      ColumnType.Uuid,
      Some(text "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
      ColumnType.Date, text "2024-02-29", ColumnType.LocalTimestamp, Some(text "2024-02-29T00:00:00.000000")
      ColumnType.Timestamp, text "2024-02-29T23:59:59.123456Z", ColumnType.Date, Some(text "2024-02-29")
      ColumnType.LocalTimestamp, text "2024-02-29T23:59:59.120000", ColumnType.Text, Some(text "2024-02-29 23:59:59.12")
      ColumnType.Timestamp, text "2024-02-29T23:59:59.000000Z", ColumnType.Text, Some(text "2024-02-29 23:59:59+00")
      ColumnType.LocalTimestamp, text "2024-02-29T23:59:59.120000", ColumnType.Time, Some(text "23:59:59.120000")
      ColumnType.Text,
      text "2024-01-01 10:00:00.123456+02",
      ColumnType.Timestamp,
      Some(text "2024-01-01T08:00:00.123456Z")
      ColumnType.Text, text "2023-02-29", ColumnType.Date, None
      ColumnType.Text, text "{", ColumnType.Jsonb, None
      ColumnType.Bytea, StoredValue.Blob [| 1uy; 255uy |], ColumnType.Text, Some(text @"\x01ff")
      ColumnType.Date, text "2024-02-29", ColumnType.Integer, None
      array ColumnType.Integer, text "[1,null,3]", array ColumnType.Text, Some(text """["1",null,"3"]""")
      array ColumnType.Text, text """["1","x"]""", array ColumnType.Integer, None
      array ColumnType.Boolean, text "[true,false]", array ColumnType.Text, Some(text """["true","false"]""") ]

[<Tests>]
let tests =
    testList
        "SQLite casts"
        [ for source, value, target, expected in cases do
              testCase $"{ColumnType.describe source} %A{value} to {ColumnType.describe target}"
              <| fun () ->
                  match SqliteCast.convert source target value, expected with
                  | Ok actual, Some expected -> Expect.equal actual expected "value"
                  | Error _, None -> ()
                  | actual, _ -> failtest $"%A{actual}"

          testCase "every type's code reads back"
          <| fun () ->
              let types =
                  [ ColumnType.Varchar 3
                    ColumnType.Char 1
                    numeric 5 2
                    ColumnType.Numeric None
                    ColumnType.Vector 7
                    ColumnType.Enum(ObjectName.create "a b" "c")
                    array (array (numeric 5 2))
                    array (ColumnType.Enum(ObjectName.create "a" "c")) ]

              for each in types do
                  Expect.equal (SqliteStorage.ofCode (SqliteStorage.code each)) (Some each) "type" ]
