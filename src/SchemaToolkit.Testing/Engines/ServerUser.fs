namespace SchemaToolkit.Testing

open System
open System.IO

/// PostgreSQL refuses to run as root, so root runs it as another user.
[<RequireQualifiedAccess>]
module internal ServerUser =

    type Account = { Name: string; Uid: string; Gid: string }

    let private accounts () =
        if File.Exists "/etc/passwd" then
            File.ReadAllLines "/etc/passwd"
            |> Array.choose (fun line ->
                match line.Split ':' with
                | fields when fields.Length > 3 -> Some { Name = fields[0]; Uid = fields[2]; Gid = fields[3] }
                | _ -> None)
        else
            [||]

    /// The user to change to: none when we are not root; an error when there is no way to change.
    let find () : Result<Account option, string> =
        if not Environment.IsPrivilegedProcess then
            Ok None
        else
            let known = accounts ()
            let named name = known |> Array.tryFind (fun account -> account.Name = name)

            match named "postgres" |> Option.orElse (named "nobody"), Command.find "setpriv" with
            | Some account, Some _ -> Ok(Some account)
            | None, _ ->
                Error "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as."
            | _, None ->
                Error "PostgreSQL does not run as root, and `setpriv` (util-linux) is not installed to change the user."

    /// Program and arguments that run a program as that user.
    let through (account: Account option) program arguments =
        match account with
        | None -> program, arguments
        | Some user ->
            "setpriv", [ $"--reuid={user.Uid}"; $"--regid={user.Gid}"; "--clear-groups"; program ] @ arguments
