module SchemaToolkit.Tests.Postgres.LockTests

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private ok result =
    match result with
    | Ok() -> true
    | Error _ -> false

let private exclusive =
    OnEngines.only Engine.Postgres "one connection has the lock; another is told who has it" (fun database ->
        task {
            let! one = Site.ofDatabase database
            let! two = Site.ofDatabase database
            use _ = one.Connection
            use _ = two.Connection
            let take (site: Site) = site.Driver.TryLock site.Connection Site.none
            let! first = take one
            Expect.isTrue (ok first) "the first takes it"
            let! pid = Site.scalar one "SELECT pg_backend_pid()"

            match! take two with
            | Ok() -> failtest "both have the lock"
            | Error holder ->
                Expect.stringContains holder pid "the process"
                Expect.stringContains holder "SchemaToolkit" "the program"

            do! one.Driver.Unlock one.Connection
            let! second = take two
            Expect.isTrue (ok second) "the second takes it afterwards"
        })

let private dies =
    OnEngines.only Engine.Postgres "the lock goes with its session" (fun database ->
        task {
            let! one = Site.ofDatabase database
            let! two = Site.ofDatabase database
            use _ = two.Connection
            let! first = one.Driver.TryLock one.Connection Site.none
            Expect.isTrue (ok first) "the first takes it"
            do! one.Connection.DisposeAsync()
            let mutable taken = false
            let until = DateTime.UtcNow.AddSeconds 10.0

            while not taken && DateTime.UtcNow < until do
                let! result = two.Driver.TryLock two.Connection Site.none
                taken <- ok result

            Expect.isTrue taken "the second takes it"
        })

let private serialised =
    OnEngines.only Engine.PGlite "a write transaction keeps the others waiting" (fun database ->
        task {
            let! one = Site.ofDatabase database
            let! two = Site.ofDatabase database
            use _ = one.Connection
            use _ = two.Connection
            do! Site.execute one "CREATE TABLE public.t (n integer)"
            let! transaction = one.Driver.Begin one.Connection Site.none
            do! Site.execute one "INSERT INTO public.t VALUES (1)"

            let other =
                task {
                    let! transaction = two.Driver.Begin two.Connection Site.none
                    let! seen = Site.scalar two "SELECT count(*) FROM public.t"
                    do! transaction.RollbackAsync()
                    return seen
                }

            do! Task.Delay 300
            Expect.isFalse other.IsCompleted "the second waits"
            do! Site.execute one "INSERT INTO public.t VALUES (2)"
            do! transaction.CommitAsync()
            let! seen = other
            Expect.equal seen "2" "and then sees what was committed"
        })

let private dropped =
    OnEngines.only Engine.PGlite "a connection that breaks inside a transaction leaves nothing" (fun database ->
        task {
            let! one = Site.ofDatabase database
            let! two = Site.ofDatabase database
            use _ = two.Connection
            do! Site.execute one "CREATE TABLE public.t (n integer)"
            let! _ = one.Driver.Begin one.Connection Site.none
            do! Site.execute one "INSERT INTO public.t VALUES (1)"
            do! one.Connection.DisposeAsync()
            let! seen = Site.scalar two "SELECT count(*) FROM public.t"
            Expect.equal seen "0" "rows"
        })

let private writers =
    OnEngines.only Engine.Postgres "locked tables can be read but not written" (fun database ->
        task {
            let! one = Site.ofDatabase database
            let! two = Site.ofDatabase database
            use _ = one.Connection
            use _ = two.Connection
            do! Site.execute one "CREATE TABLE public.t (n integer); INSERT INTO public.t VALUES (1)"
            let! transaction = one.Driver.Begin one.Connection Site.none
            use _ = transaction

            for statement in one.Driver.LockTables [ ObjectName.create "public" "t" ] do
                do! Site.execute one statement

            let! seen = Site.scalar two "SELECT count(*) FROM public.t"
            Expect.equal seen "1" "a reader reads"

            let! error =
                task {
                    try
                        do! Site.execute two "SET lock_timeout = '100ms'; INSERT INTO public.t VALUES (2)"
                        return ""
                    with :? Npgsql.PostgresException as refused ->
                        return refused.SqlState
                }

            Expect.equal error "55P03" "a writer waits until its patience ends"
        })

[<Tests>]
let tests = testList "postgres locks" [ exclusive; dies; serialised; dropped; writers ]
