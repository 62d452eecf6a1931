namespace SchemaToolkit

open System
open System.Text.RegularExpressions
open Microsoft.Data.Sqlite

/// SQLite's result codes (sqlite.org/rescode.html) as ours.
[<RequireQualifiedAccess>]
module SqliteFailure =
    let private kindOf (primary: int) (extended: int) (message: string) =
        match primary, extended with
        | _, (1555 | 2067 | 2579) -> FailureKind.Duplicate
        | _, 787 -> FailureKind.ForeignKey
        | _, 1299 -> FailureKind.NotNull
        | _, 275 -> FailureKind.Check
        // A STRICT table met another storage class.
        | _, 3091 -> FailureKind.Value
        | (5 | 6), _ -> FailureKind.Transient
        | (18 | 20), _ -> FailureKind.Value
        | (3 | 8 | 23), _ -> FailureKind.Forbidden
        | (10 | 11 | 14 | 26), _ -> FailureKind.Unavailable
        | 1, _ when message.Contains "no such" -> FailureKind.Missing
        | 1, _ when message.Contains "overflow" || message.Contains "malformed" -> FailureKind.Value
        | _ -> FailureKind.Other

    let private objectPattern =
        Regex(@"(?:constraint failed|no such (?:table|column|function|collation sequence)|in \w+ column):? (\S+)")

    /// What SQLite said, without the driver's wrapping.
    let private said (message: string) =
        let hit = Regex.Match(message, @"^SQLite Error \d+: '(.*)'\.$", RegexOptions.Singleline)
        if hit.Success then hit.Groups[1].Value else message

    let explain (error: exn) : DatabaseFailure option =
        match error with
        | :? SqliteException as sqlite ->
            let message = said sqlite.Message
            let hit = objectPattern.Match message

            Some
                { Kind = kindOf sqlite.SqliteErrorCode sqlite.SqliteExtendedErrorCode message
                  Code = string sqlite.SqliteExtendedErrorCode
                  Message = message
                  Object = if hit.Success then Some(hit.Groups[1].Value.TrimEnd(',')) else None
                  Record = None }
        | _ -> None
