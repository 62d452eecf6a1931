/// How the assemblies are put together, not what they do.
module SchemaToolkit.Tests.Harness.InitialisationTests

open System
open System.IO
open System.Reflection
open Expecto

/// `static let` and `static member val` set a mark on their file. The file is initialised through the type and the type through
/// the file, so two threads that come first, one from each side, find the other half done: "static data being accessed
/// recursively before it was fully initialized". Values of modules have one initialiser only. Generic types have their own.
let private marked (assembly: Assembly) : string list =
    let fieldAt (code: byte array) (position: int) (kind: Type) =
        try
            let token = BitConverter.ToInt32(code, position)
            Some((kind.Module.ResolveField token |> Unchecked.nonNull).Name)
        with _ ->
            None

    let setsMark (kind: Type) =
        match kind.TypeInitializer with
        | null -> false
        | initialiser ->
            let code = ((initialiser.GetMethodBody() |> Unchecked.nonNull).GetILAsByteArray()) |> Unchecked.nonNull
            // 0x80: stsfld.
            Seq.exists (fun i -> code[i] = 0x80uy && fieldAt code (i + 1) kind = Some "init@") [ 0 .. code.Length - 5 ]

    [ for kind in assembly.GetTypes() do
          if not kind.IsGenericType && setsMark kind then
              $"{assembly.GetName().Name}: {kind.FullName}" ]

[<Tests>]
let tests =
    testCase "no type of the product is initialised together with its file" (fun () ->
        let assemblies =
            Directory.GetFiles(AppContext.BaseDirectory, "SchemaToolkit*.dll")
            |> Array.filter (fun file -> not ((string (Path.GetFileName file)).Contains "Tests"))
            |> Array.map Assembly.LoadFrom

        Expect.isGreaterThan assemblies.Length 8 "The assemblies of the product lie beside the tests."

        Expect.equal
            (assemblies |> List.ofArray |> List.collect marked)
            []
            "These are not safe when two threads start at once.")
