namespace SchemaToolkit.Cli

open System
open SchemaToolkit.PostgresObjects

/// A mistake of the person who calls, to be told in one line.
exception Mistake of message: string

[<RequireQualifiedAccess>]
module Refuse =
    let because message : 'T = raise (Mistake message)

/// What a person should know though the command goes on; standard output belongs to the result.
[<RequireQualifiedAccess>]
module Warn =
    let line (text: string) = Console.Error.WriteLine $"warning: {text}"

    let lines (prefix: string) (texts: string list) =
        for text in texts do
            line $"{prefix}{text}"

    /// Nothing where there are none.
    let objects (sentence: string) (addresses: Address list) =
        if not addresses.IsEmpty then
            let names = addresses |> List.map string |> String.concat "; "
            line $"{sentence}: {names}"
