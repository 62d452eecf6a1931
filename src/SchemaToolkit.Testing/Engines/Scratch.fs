namespace SchemaToolkit.Testing

open System
open System.Collections.Concurrent
open System.IO
open System.Threading

/// One folder per test program for everything the engines write; gone when the program ends.
///
/// Beside the folder lies a lock file that is held open. A program that was killed leaves its folder but not its lock,
/// so the next one can tell the dead from the living, also across containers that share the place.
[<RequireQualifiedAccess>]
module Scratch =

    let private prefix = "schematoolkit-test-"

    /// Memory is much faster than disk, but containers often have 64 MB of it: then the temp folder.
    let private neededInMemory = 1_000_000_000L

    let private memory = "/dev/shm"

    let private root =
        lazy
            (let roomy =
                try
                    OperatingSystem.IsLinux()
                    && Directory.Exists memory
                    && DriveInfo(memory).AvailableFreeSpace > neededInMemory
                with :? IOException ->
                    false

             if roomy then memory else Path.GetTempPath())

    let private tryLock (path: string) =
        try
            Some(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        with
        | :? IOException
        | :? UnauthorizedAccessException -> None

    /// Deletes a folder; one that is gone already, or that somebody else is deleting, is no error.
    let deleteFolder (folder: string) =
        let rec attempt left =
            try
                if Directory.Exists folder then
                    Directory.Delete(folder, true)
            with
            | :? IOException
            | :? UnauthorizedAccessException when left > 0 ->
                Thread.Sleep 50
                attempt (left - 1)
            | :? IOException
            | :? UnauthorizedAccessException -> ()

        attempt 5

    let private sweep (folder: string) =
        for lockFile in Directory.EnumerateFiles(folder, prefix + "*.lock") do
            match tryLock lockFile with
            | None -> ()
            | Some held ->
                deleteFolder (lockFile.Substring(0, lockFile.Length - ".lock".Length))
                File.Delete lockFile
                held.Dispose()

    let private beforeDelete = ConcurrentQueue<unit -> unit>()

    let private openSession () =
        for place in List.distinct [ root.Value; Path.GetTempPath() ] do
            sweep place

        let folder = Path.Combine(root.Value, $"{prefix}{Environment.ProcessId}-{Random.Shared.Next():x8}")

        let lockFile = folder + ".lock"
        let held = new FileStream(lockFile, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None)

        if OperatingSystem.IsWindows() then
            Directory.CreateDirectory folder |> ignore
        else
            // The server may run as another user, who must get through to its own folder inside.
            let throughForAll =
                UnixFileMode.UserRead
                ||| UnixFileMode.UserWrite
                ||| UnixFileMode.UserExecute
                ||| UnixFileMode.GroupExecute
                ||| UnixFileMode.OtherExecute

            Directory.CreateDirectory folder |> ignore
            File.SetUnixFileMode(folder, throughForAll)

        AppDomain.CurrentDomain.ProcessExit.Add(fun _ ->
            for action in beforeDelete do
                action ()

            deleteFolder folder
            File.Delete lockFile
            held.Dispose())

        folder

    let private session = Lazy<string>(openSession, LazyThreadSafetyMode.ExecutionAndPublication)

    /// The folder of this test program; made on first use.
    let folder () = session.Value

    /// A path in the folder that nothing uses yet; nothing is created there.
    let path (label: string) =
        let unique = Guid.NewGuid().ToString("N").Substring(0, 12)
        Path.Combine(session.Value, $"{label}-{unique}")

    /// Runs an action at the end of the program, before the folder is deleted.
    let internal atExit action = beforeDelete.Enqueue action
