namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.IO
open System.Text.RegularExpressions
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Running a script in a scratch database, as psql would run it in one of its own.
[<RequireQualifiedAccess>]
module internal Loading =
    /// Commands that only show something, or say how.
    let private shows =
        set
            [ "echo"
              "qecho"
              "warn"
              "pset"
              "timing"
              "x"
              "a"
              "t"
              "T"
              "C"
              "f"
              "H"
              "html"
              "encoding"
              "errverbose"
              "restrict"
              "unrestrict"
              "prompt"
              "conninfo"
              "copyright"
              "h"
              "help"
              "?"
              "r"
              "reset"
              "p"
              "print"
              "o"
              "out"
              "s"
              "sf"
              "sv"
              "sf+"
              "sv+"
              "setenv"
              "z" ]

    let private settings = [ "RESET SESSION AUTHORIZATION"; "RESET ROLE"; "RESET ALL" ]

    let private fresh (session: Session) (ct: CancellationToken) =
        task {
            // A block that was left open is undone, as at the end of a session.
            do! Session.execute session "ROLLBACK" ct
            session.InBlock.Value <- false

            for statement in settings do
                do! Session.execute session statement ct
        }

    /// What a query gives is run: `\gexec`.
    let private generated (session: Session) (query: Script.Statement) (ct: CancellationToken) =
        task {
            let! rows = Session.rows session query ct

            for cell in rows |> List.concat |> List.choose snd do
                for each in Script.statements cell do
                    do! Session.statement session { each with Line = query.Line } ct
        }

    /// The one row that a query gives becomes variables: `\gset`.
    let private gathered (session: Session) (prefix: string) (query: Script.Statement) line (ct: CancellationToken) =
        task {
            match! Session.rows session query ct with
            | [ row ] ->
                for name, value in row do
                    match value with
                    | Some text -> session.Variables[prefix + name] <- text
                    | None -> session.Variables.Remove(prefix + name) |> ignore
            | rows -> Session.refuse session line $"\\gset wants one row, and the query gives {rows.Length}"
        }

    /// The file that a script names: where the program runs, or beside the script.
    let private found (session: Session) (isBeside: bool) (path: string) line : string =
        let beside =
            Path.Combine(Path.GetDirectoryName session.Files.Head |> Option.ofObj |> Option.defaultValue ".", path)

        let found = if isBeside || not (File.Exists path) then beside else path

        if not (File.Exists found) then
            Session.refuse session line $"the file {path} is not there"

        found

    let private copyFrom =
        Regex(
            @"^(?<target>.+?)\s+FROM\s+(?:'(?<file>(?:[^']|'')*)'|(?<file>\S+))(?<options>.*?);?\s*$",
            RegexOptions.IgnoreCase ||| RegexOptions.Singleline
        )

    /// `\copy … from 'file'`; the lines of `from stdin` come with the statement. What goes out changes nothing.
    let private copied (session: Session) (arguments: string) line (ct: CancellationToken) =
        task {
            let source = copyFrom.Match arguments

            if not source.Success then
                ()
            elif source.Groups["file"].Value.Equals("program", StringComparison.OrdinalIgnoreCase) then
                Session.refuse
                    session
                    line
                    "\\copy from a program cannot be followed here: write its output to a file, or load the script with psql and compare the database"
            else
                let file = found session false (source.Groups["file"].Value.Replace("''", "'")) line
                let! data = File.ReadAllTextAsync(file, ct)

                let copy: Script.Statement =
                    { Text = Script.copyFromStdin source.Groups["target"].Value source.Groups["options"].Value
                      Line = line
                      Data = Some data
                      Escapes = false }

                do! Session.statement session copy ct
        }

    let rec private pieces (session: Session) (text: string) (ct: CancellationToken) : Task<unit> =
        task {
            let mutable rest = Script.pieces text
            let mutable branches: Branch list = []

            while not rest.IsEmpty do
                let piece = rest.Head
                rest <- rest.Tail

                match piece with
                | Script.Piece.Sql each ->
                    if Branch.isActive branches then
                        do! Session.statement session each ct
                | Script.Piece.Command(("if" | "elif" | "else" | "endif") as name, arguments, line, query) ->
                    if query.IsSome && Branch.isActive branches then
                        Session.refuse session line $"\\{name} in the middle of a statement cannot be followed here"

                    let isTrue () = Psql.isTrue (Psql.words session.Variables arguments)

                    match Branch.after name isTrue line branches with
                    | Some after -> branches <- after
                    | None -> Session.refuse session line $"\\{name} has no \\if before it"
                | Script.Piece.Command _ when not (Branch.isActive branches) -> ()
                | Script.Piece.Command(("q" | "quit"), _, _, _) ->
                    rest <- []
                    branches <- []
                | Script.Piece.Command(name, arguments, line, query) -> do! command session name arguments line query ct

            match branches with
            | branch :: _ -> Session.refuse session branch.Line "\\if has no \\endif behind it"
            | [] -> ()
        }

    and private command (session: Session) name arguments line (query: Script.Statement option) ct : Task<unit> =
        task {
            let words = lazy (Psql.words session.Variables arguments)

            match name, query with
            | "gexec", Some query -> do! generated session query ct
            | "gset", Some query ->
                do! gathered session (List.tryHead words.Value |> Option.defaultValue "") query line ct
            | ("g" | "gx" | "gdesc" | "crosstabview"), Some query -> do! Session.statement session query ct
            | ("i" | "include" | "ir" | "include_relative"), None ->
                do! included session name (String.concat " " words.Value) line ct
            // There is one database; what was set ends with the session.
            | ("c" | "connect"), None -> do! fresh session ct
            | "copy", None -> do! copied session arguments line ct
            | "set", None ->
                match words.Value with
                | variable :: values -> session.Variables[variable] <- String.concat "" values
                | [] -> ()
            | "getenv", None ->
                match words.Value with
                | [ variable; from ] ->
                    Environment.GetEnvironmentVariable from
                    |> Option.ofObj
                    |> Option.iter (fun value -> session.Variables[variable] <- value)
                | _ -> ()
            | "unset", None -> words.Value |> List.iter (session.Variables.Remove >> ignore)
            // `\\` only ends the words before it.
            | "", None -> ()
            | name, None when shows.Contains name || name.StartsWith('d') || name.StartsWith('l') -> ()
            | name, _ ->
                Session.refuse
                    session
                    line
                    $"psql's command \\{name} cannot be followed here: take it out, or load the script with psql and compare the database"
        }

    and private included (session: Session) name (path: string) line ct : Task<unit> =
        task {
            let found = found session (name.StartsWith "ir" || name = "include_relative") path line

            if List.contains found session.Files then
                Session.refuse session line $"the file {path} includes itself"

            let! text = File.ReadAllTextAsync(found, ct)
            do! pieces { session with Files = found :: session.Files } text ct
        }

    /// Variables that psql sets itself.
    let private ownVariables (connection: NpgsqlConnection) =
        let version = connection.PostgreSqlVersion

        [ "DBNAME", connection.Database
          "USER", connection.UserName |> Option.ofObj |> Option.defaultValue ""
          "HOST", connection.Host |> Option.ofObj |> Option.defaultValue ""
          "PORT", string connection.Port
          "ENCODING", "UTF8"
          "SERVER_VERSION_NUM", string (version.Major * 10000 + version.Minor)
          "SERVER_VERSION_NAME", connection.ServerVersion
          "AUTOCOMMIT", "on"
          "ON_ERROR_STOP", "on" ]
        |> List.map KeyValuePair

    let private dumpHeading = Regex @"\A\s*--\s*\r?\n-- PostgreSQL database (?:cluster )?dump\b"

    /// Loads one file; the session is as new afterwards.
    let file
        (admin: NpgsqlConnection)
        (connection: NpgsqlConnection)
        (made: Set<string> ref)
        (path: string)
        ct
        : Task<unit> =
        task {
            let! text = File.ReadAllTextAsync(path, ct)

            let session =
                { Admin = admin
                  Connection = connection
                  Made = made
                  Variables = Dictionary(ownVariables connection)
                  Files = [ path ]
                  IsDump = dumpHeading.IsMatch text
                  InBlock = ref false }

            do! pieces session text ct
            do! fresh session ct
        }
