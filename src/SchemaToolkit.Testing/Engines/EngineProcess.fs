namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.IO
open System.Threading
open System.Threading.Tasks

/// How a server is told to end.
[<RequireQualifiedAccess>]
type StopSignal =
    /// Close files cleanly.
    | Interrupt
    /// End at once, leaving shared memory tidy.
    | Quit
    | Kill

/// A program to run as a server.
[<RequireQualifiedAccess>]
type EngineCommand =
    {
        Program: string
        Arguments: string list
        WorkingFolder: string
        Environment: (string * string) list
        /// Where its output goes.
        Log: string
        Signal: StopSignal
        /// A folder that is deleted as soon as the server has ended.
        Doomed: string option
    }

/// A running server that ends with the test program, however that ends.
[<Sealed>]
type EngineProcess internal (command: EngineCommand, watcher: Process, forget: EngineProcess -> unit) =

    /// True once the server has ended.
    member _.HasExited = watcher.HasExited

    /// The id of the small shell that watches over the server.
    member _.WatcherId = watcher.Id

    /// Where the server writes its output.
    member _.Log = command.Log

    /// The last lines of the server's output, for error messages.
    member _.LogTail =
        if File.Exists command.Log then
            // The server holds the file open for writing.
            use stream = new FileStream(command.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)

            use reader = new StreamReader(stream)
            let lines = reader.ReadToEnd().TrimEnd().Split '\n'
            String.Join("\n", Array.skip (max 0 (lines.Length - 15)) lines)
        else
            ""

    /// Tells the server to end, without waiting.
    member internal _.Release() =
        try
            watcher.StandardInput.Close()
        with
        | :? IOException
        | :? ObjectDisposedException -> ()

    member internal this.Wait(limit: TimeSpan) =
        if not (watcher.WaitForExit limit) then
            watcher.Kill(entireProcessTree = true)

        forget this

    /// Ends the server and waits until it has gone; calling it again does nothing.
    member this.Stop() =
        task {
            this.Release()
            use limit = new CancellationTokenSource(TimeSpan.FromSeconds 10.0)

            try
                do! watcher.WaitForExitAsync limit.Token
            with :? OperationCanceledException ->
                watcher.Kill(entireProcessTree = true)

            forget this
        }
        :> Task

    interface IAsyncDisposable with
        member this.DisposeAsync() = ValueTask(this.Stop())

[<RequireQualifiedAccess>]
module EngineProcess =

    /// The shell's standard input is a pipe that only the test program holds. When it closes, by `Stop` or because the
    /// program died in any way, `read` returns and the server is ended. (A parent-death signal would not do: it is sent
    /// when the starting *thread* ends, and pool threads come and go.)
    let private watch =
        """
trap "" INT HUP TERM
signal=$1 log=$2 doomed=$3
shift 3
exec 3<&0 </dev/null >/dev/null 2>&1
"$@" 3<&- >>"$log" 2>&1 &
server=$!
{
    read -r _
    kill -s "$signal" $server
    tries=0
    while kill -0 $server && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
    kill -s KILL $server
} <&3 &
watcher=$!
exec 3<&-
wait $server
code=$?
kill -s KILL $watcher
[ -z "$doomed" ] || rm -rf "$doomed"
exit $code
"""

    let private running = ConcurrentDictionary<EngineProcess, unit>()

    let private stopAllAtExit =
        lazy
            (Scratch.atExit (fun () ->
                let all = running.Keys |> List.ofSeq
                all |> List.iter _.Release()
                all |> List.iter _.Wait(TimeSpan.FromSeconds 8.0)))

    /// Starts a server under watch; needs a POSIX shell.
    let start (command: EngineCommand) =
        stopAllAtExit.Force()

        let info =
            ProcessStartInfo("/bin/sh", RedirectStandardInput = true, WorkingDirectory = command.WorkingFolder)

        let signal =
            match command.Signal with
            | StopSignal.Interrupt -> "INT"
            | StopSignal.Quit -> "QUIT"
            | StopSignal.Kill -> "KILL"

        [ "-c"; watch; "watch"; signal; command.Log; Option.defaultValue "" command.Doomed ]
        @ (command.Program :: command.Arguments)
        |> List.iter info.ArgumentList.Add

        for key, value in command.Environment do
            info.Environment[key] <- value

        let watcher =
            match Process.Start info with
            | null -> invalidOp $"{command.Program} could not be started."
            | started -> started

        let server = EngineProcess(command, watcher, fun gone -> running.TryRemove gone |> ignore)
        running[server] <- ()
        server

    /// Asks again and again until the server answers; fails with its last output when it ends or the limit passes.
    let untilReady (limit: TimeSpan) (server: EngineProcess) (ask: unit -> Task<'T option>) =
        task {
            let clock = Stopwatch.StartNew()
            let mutable answer = None

            while answer.IsNone do
                let! next = ask ()
                answer <- next

                if answer.IsNone then
                    if server.HasExited then
                        failwith $"The server ended while starting. Its last output:\n{server.LogTail}"
                    elif clock.Elapsed > limit then
                        let output = server.LogTail
                        do! server.Stop()
                        failwith $"The server was not ready after {limit.TotalSeconds} s. Its last output:\n{output}"
                    else
                        do! Task.Delay 15

            return answer.Value
        }
