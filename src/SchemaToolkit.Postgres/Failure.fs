namespace SchemaToolkit

open System
open System.Net.Sockets
open Npgsql

/// An object went while the catalog was read: its text came back as NULL.
exception internal CatalogMoved of name: string

/// PostgreSQL's error codes (manual, appendix A) as ours.
[<RequireQualifiedAccess>]
module PostgresFailure =
    let kindOf (sqlState: string) =
        match sqlState with
        | "23505" -> FailureKind.Duplicate
        | "23503"
        | "23001" -> FailureKind.ForeignKey
        | "23502" -> FailureKind.NotNull
        | "23514"
        | "23P01" -> FailureKind.Check
        | "40001"
        | "40P01"
        | "55P03" -> FailureKind.Transient
        | "42501"
        | "25006" -> FailureKind.Forbidden
        | "42P01"
        | "42703"
        | "42704"
        | "42883"
        | "3F000"
        | "3D000" -> FailureKind.Missing
        | "53300"
        | "57P01"
        | "57P02"
        | "57P03" -> FailureKind.Unavailable
        | _ when sqlState.StartsWith("22", StringComparison.Ordinal) -> FailureKind.Value
        | _ when sqlState.StartsWith("08", StringComparison.Ordinal) -> FailureKind.Unavailable
        | _ when sqlState.StartsWith("28", StringComparison.Ordinal) -> FailureKind.Forbidden
        | _ -> FailureKind.Other

    /// Messages about malformed values quote the value after a colon.
    let private withoutValue (kind: FailureKind) (message: string) =
        match message.IndexOf(": \"", StringComparison.Ordinal) with
        | at when kind = FailureKind.Value && at > 0 -> message.Substring(0, at)
        | _ -> message

    let private objectOf (error: PostgresException) =
        let named = [ error.ConstraintName; error.ColumnName; error.TableName ] |> List.choose Option.ofObj
        let table = Option.ofObj error.TableName

        match named, table with
        | first :: _, Some table when first <> table -> Some $"{table}.{first}"
        | first :: _, _ -> Some first
        | [], _ -> None

    let explain (error: exn) : DatabaseFailure option =
        match error with
        | :? PostgresException as refused ->
            let kind = kindOf refused.SqlState

            Some
                { Kind = kind
                  Code = refused.SqlState
                  Message = withoutValue kind refused.MessageText
                  Object = objectOf refused
                  Record = None }
        | CatalogMoved name ->
            Some
                { Kind = FailureKind.Transient
                  Code = "catalog-moved"
                  Message = $"{name} changed while the catalog was read."
                  Object = Some name
                  Record = None }
        // Two statements at once in one transaction: the connection is well.
        | :? NpgsqlOperationInProgressException as busy ->
            Some
                { Kind = FailureKind.Other
                  Code = "in-progress"
                  Message = busy.Message
                  Object = None
                  Record = None }
        | :? NpgsqlException
        | :? SocketException
        | :? TimeoutException ->
            Some
                { Kind = FailureKind.Unavailable
                  Code = "connection"
                  Message = error.Message
                  Object = None
                  Record = None }
        | _ -> None
