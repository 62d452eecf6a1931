namespace SchemaToolkit.Cli

open System.Threading.Tasks
open SchemaToolkit.PostgresObjects

/// A program that runs for a moment spends much of it on what happens for the first time: loading, compiling, composing queries.
/// Here that is done beside the main thread, which meanwhile connects.
[<RequireQualifiedAccess>]
module WarmUp =
    let private compare () =
        let nothing =
            PgDatabase.assemble
                { Version = 150000
                  User = ""
                  Objects = AddressMap.empty
                  Needs = AddressMap.empty
                  Unmodelled = [] }

        PgPlan.between Registry.rules nothing nothing |> ignore

    /// Nobody waits for it, and nothing depends on it.
    let start () : unit =
        Task.Run(fun () ->
            Snapshot.prepare ()
            compare ())
        |> ignore
