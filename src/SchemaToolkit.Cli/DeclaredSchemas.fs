namespace SchemaToolkit.Cli

open System
open System.IO
open System.Reflection
open System.Runtime.Loader
open SchemaToolkit

/// A schema that a program holds, under the name that it has there.
type DeclaredSchema = { Member: string; Schema: Schema }

/// The program's own dependencies, but our copy of the toolkit, so that a schema over there is a schema here.
[<Sealed>]
type private ProgramContext(path: string) =
    inherit AssemblyLoadContext("declared")

    let resolver = AssemblyDependencyResolver path

    let isShared (name: string) = name = "FSharp.Core" || name.StartsWith("SchemaToolkit.", StringComparison.Ordinal)

    override this.Load(name: AssemblyName) : Assembly | null =
        let own: Assembly | null =
            match name.Name with
            | NonNull simple when isShared simple ->
                try
                    AssemblyLoadContext.Default.LoadFromAssemblyName name
                with
                | :? FileNotFoundException
                | :? FileLoadException ->
                    // Not ours, or newer than ours.
                    null
            | _ -> null

        match own with
        | NonNull found -> found
        | Null ->
            match resolver.ResolveAssemblyToPath name with
            | NonNull file -> this.LoadFromAssemblyPath file
            | Null -> null

    override this.LoadUnmanagedDll(name: string) =
        match resolver.ResolveUnmanagedDllToPath name with
        | null -> IntPtr.Zero
        | file -> this.LoadUnmanagedDllFromPath file

/// Schemas in the public static properties and fields of a program: F# module values, C# static members.
[<RequireQualifiedAccess>]
module DeclaredSchemas =
    let private fluent = "SchemaToolkit.Fluent.PluginSchema"

    let private everywhere = BindingFlags.Public ||| BindingFlags.NonPublic ||| BindingFlags.Instance

    /// The C# facade's value wraps ours.
    let private unwrap (value: obj) : Schema option =
        match value with
        | :? Schema as schema -> Some schema
        | other when other.GetType().FullName = fluent ->
            match other.GetType().GetProperty("Value", everywhere) with
            | null -> None
            | property ->
                match property.GetValue other with
                | :? Schema as schema -> Some schema
                | _ -> None
        | _ -> None

    let private isSchema (t: Type) = t = typeof<Schema> || t.FullName = fluent

    /// One that is called Schema in a toolkit that is not the one we run with.
    let private isForeign (t: Type) = t.FullName = typeof<Schema>.FullName && t <> typeof<Schema>

    let rec private innermost (error: exn) =
        match error, error.InnerException with
        | (:? TargetInvocationException | :? TypeInitializationException), NonNull inner -> innermost inner
        | _ -> error

    let private members (t: Type) =
        let flags = BindingFlags.Public ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly

        [ for property in t.GetProperties flags do
              if property.CanRead && property.GetIndexParameters().Length = 0 then
                  property.Name, property.PropertyType, (fun () -> property.GetValue null)
          for field in t.GetFields flags do
              field.Name, field.FieldType, (fun () -> field.GetValue null) ]

    let private ofType (path: string) (t: Type) =
        [ for name, memberType, get in members t do
              if isForeign memberType then
                  Refuse.because
                      $"{path} was built with another version of SchemaToolkit.Core than this tool's ({typeof<Schema>.Assembly.GetName().Version}): use the tool of that version."

              if isSchema memberType then
                  let value =
                      try
                          get ()
                      with error ->
                          Refuse.because $"{path}: {t.Name}.{name} cannot be had: {(innermost error).Message}"

                  match value with
                  | null -> ()
                  | found ->
                      match unwrap found with
                      | Some schema -> { Member = $"{t.Name}.{name}"; Schema = schema }
                      | None -> () ]

    /// Every schema of the program, in the order of its types; the same value under two names counts once.
    let all (path: string) : DeclaredSchema list =
        let file = Path.GetFullPath path

        try
            let program = ProgramContext(file).LoadFromAssemblyPath file
            program.GetExportedTypes() |> List.ofArray |> List.collect (ofType path) |> List.distinctBy _.Schema
        with
        | :? BadImageFormatException ->
            Refuse.because $"{path} is no .NET assembly. Give the .dll that `dotnet build` or `dotnet publish` made."
        | :? FileNotFoundException as error ->
            let missing = error.FileName |> Option.ofObj |> Option.defaultValue "something"

            Refuse.because
                $"{path} needs {missing}, which is not beside it: run `dotnet publish` and give the .dll from the folder it fills."

    let private matches (name: string) (declared: DeclaredSchema) =
        let is (other: string) = String.Equals(name, other, StringComparison.OrdinalIgnoreCase)
        let short = declared.Member.Substring(declared.Member.IndexOf '.' + 1)
        is declared.Member || is short || is declared.Schema.Plugin || is declared.Schema.Namespace

    let private list (found: DeclaredSchema list) =
        found |> List.map (fun d -> $"{d.Member} (of {d.Schema.Plugin})") |> String.concat ", "

    /// The schema that is meant, and all that the program has.
    let choose (path: string) (name: string option) : Schema * Schema list =
        let found = all path
        let schemas = found |> List.map _.Schema

        match found, name with
        | [], _ ->
            Refuse.because
                $"{path} holds no schema: there is no public static property, field or module value of type SchemaToolkit.Schema or SchemaToolkit.Fluent.PluginSchema."
        | [ one ], None -> one.Schema, schemas
        | several, None ->
            Refuse.because $"{path} holds {several.Length} schemas: {list several}. Say which with --schema NAME."
        | several, Some name ->
            match several |> List.filter (matches name) with
            | [ one ] -> one.Schema, schemas
            | [] -> Refuse.because $"{path} holds no schema '{name}'; it has {list several}."
            | many -> Refuse.because $"--schema {name} can mean {list many}; give the whole name."

    /// The schema with those that its foreign keys lead to, which come first.
    let withDependencies (path: string) (schema: Schema) (all: Schema list) : Schema list =
        let targets (s: Schema) =
            [ for table in s.Tables do
                  for key in table.ForeignKeys do
                      if key.Target.Namespace <> s.Namespace then
                          key.Target ]
            |> List.distinctBy _.Namespace

        let rec add (found: Schema list) (s: Schema) =
            if found |> List.exists (fun f -> f.Namespace = s.Namespace) then
                found
            else
                // Marked before its own dependencies: a circle between plugins ends here.
                let before =
                    ([], targets s)
                    ||> List.fold (fun before target ->
                        match all |> List.tryFind (fun other -> other.Namespace = target.Namespace) with
                        | Some other -> add (s :: found @ before) other |> List.except (s :: found)
                        | None ->
                            Refuse.because
                                $"{path}: the schema of {s.Plugin} references {target}, and no schema of the program declares it.")

                found @ before @ [ s ]

        add [] schema
