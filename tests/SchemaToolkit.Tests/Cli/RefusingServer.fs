namespace SchemaToolkit.Tests.Cli

open System
open System.IO
open System.Net
open System.Net.Sockets
open System.Text
open System.Threading.Tasks

/// Speaks just enough of PostgreSQL's protocol (manual, 55.7) to be a server that cannot be had here: one that refuses a
/// password, or one that is too old.
[<Sealed>]
type RefusingServer(greeting: byte array list) =
    let listener = new TcpListener(IPAddress.Loopback, 0)

    let readMessage (stream: NetworkStream) (hasType: bool) =
        task {
            let head = Array.zeroCreate<byte>(if hasType then 5 else 4)
            do! stream.ReadExactlyAsync(head.AsMemory())
            let length = BitConverter.ToInt32(Array.rev head[head.Length - 4 ..], 0) - 4
            let body = Array.zeroCreate<byte> length
            do! stream.ReadExactlyAsync(body.AsMemory())
            return body
        }

    let serve (client: TcpClient) : Task =
        task {
            use client = client
            use stream = client.GetStream()

            try
                let mutable startup = [||]
                let! first = readMessage stream false
                startup <- first

                // Requests for TLS and GSSAPI have a code of their own and no parameters.
                while startup.Length = 4 do
                    do! stream.WriteAsync(ReadOnlyMemory("N"B))
                    let! next = readMessage stream false
                    startup <- next

                for message in greeting do
                    do! stream.WriteAsync(ReadOnlyMemory message)

                    if message[0] = byte 'R' && message[8] = 3uy then
                        let! _ = readMessage stream true
                        ()

                let! _ = readMessage stream true
                ()
            with
            | :? IOException
            | :? EndOfStreamException -> ()
        }

    let accept () : Task =
        task {
            try
                while true do
                    let! client = listener.AcceptTcpClientAsync()
                    serve client |> ignore
            with
            | :? SocketException
            | :? ObjectDisposedException -> ()
        }

    do
        listener.Start()
        accept () |> ignore

    static member private Message (kind: char) (body: byte array) =
        Array.concat [ [| byte kind |]; Array.rev (BitConverter.GetBytes(body.Length + 4)); body ]

    static member private Texts(texts: string list) =
        texts |> List.map (fun text -> Encoding.UTF8.GetBytes(text + "\000")) |> Array.concat

    /// Asks for a password and refuses it.
    static member WrongPassword() =
        new RefusingServer(
            [ RefusingServer.Message 'R' [| 0uy; 0uy; 0uy; 3uy |]
              RefusingServer.Message
                  'E'
                  (RefusingServer.Texts
                      [ "SFATAL"; "VFATAL"; "C28P01"; "Mpassword authentication failed for user \"u\""; "" ]) ]
        )

    /// Lets everybody in and says which version it is.
    static member OfVersion(version: string) =
        new RefusingServer(
            [ RefusingServer.Message 'R' [| 0uy; 0uy; 0uy; 0uy |]
              for name, value in
                  [ "server_version", version
                    "client_encoding", "UTF8"
                    "server_encoding", "UTF8"
                    "DateStyle", "ISO, MDY"
                    "integer_datetimes", "on"
                    "standard_conforming_strings", "on" ] do
                  RefusingServer.Message 'S' (RefusingServer.Texts [ name; value ])
              RefusingServer.Message 'K' (Array.zeroCreate 8)
              RefusingServer.Message 'Z' [| byte 'I' |] ]
        )

    member _.Port = (listener.LocalEndpoint :?> IPEndPoint).Port

    interface IDisposable with
        member _.Dispose() = listener.Stop()
