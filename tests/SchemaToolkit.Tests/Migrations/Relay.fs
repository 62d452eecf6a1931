namespace SchemaToolkit.Tests.Migrations

open System
open System.Net
open System.Net.Sockets
open System.Threading
open System.Threading.Tasks

/// Stands between a client and a server and counts how often the client speaks after the server did: round trips.
[<Sealed>]
type Relay(host: string, port: int) =
    let listener = new TcpListener(IPAddress.Loopback, 0)
    let mutable trips = 0
    let mutable serverSpoke = 1

    let pump (source: NetworkStream) (target: NetworkStream) (heard: unit -> unit) : Task =
        task {
            let buffer = Array.zeroCreate<byte> 65536
            let mutable more = true

            try
                while more do
                    let! count = source.ReadAsync(buffer.AsMemory())

                    if count = 0 then
                        more <- false
                        target.Socket.Shutdown SocketShutdown.Send
                    else
                        heard ()
                        do! target.WriteAsync(ReadOnlyMemory(buffer, 0, count))
            with
            | :? IO.IOException
            | :? SocketException
            | :? ObjectDisposedException -> ()
        }

    let serve (client: TcpClient) : Task =
        task {
            use client = client
            use server = new TcpClient()
            do! server.ConnectAsync(host, port)

            let fromClient () =
                if Interlocked.Exchange(&serverSpoke, 0) = 1 then
                    Interlocked.Increment &trips |> ignore

            let fromServer () = Interlocked.Exchange(&serverSpoke, 1) |> ignore
            let up = pump (client.GetStream()) (server.GetStream()) fromClient
            let down = pump (server.GetStream()) (client.GetStream()) fromServer
            do! Task.WhenAll(up, down)
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

    member _.Port = (listener.LocalEndpoint :?> IPEndPoint).Port

    /// Since the last time it was asked.
    member _.Trips() = Interlocked.Exchange(&trips, 0)

    interface IDisposable with
        member _.Dispose() = listener.Stop()
