namespace SchemaToolkit.Agents

open System
open SchemaToolkit

/// Why plugins cannot run together; found before anything touches a database.
[<RequireQualifiedAccess>]
type ResolveError =
    | DuplicateId of id: string
    | MissingDependency of plugin: string * dependency: string
    /// Each depends on the next, the last on the first.
    | Cycle of plugins: string list
    | SharedNamespace of ns: string * plugins: string list
    /// The schema was declared for another plugin.
    | ForeignSchema of plugin: string * owner: string
    | BadName of plugin: string * name: string
    /// Two actions or providers of one name.
    | DuplicateName of name: string * plugins: string list
    /// A foreign key to a table that the other plugin does not declare as shared.
    | NotShared of plugin: string * table: ObjectName
    /// A foreign key to a table that the other plugin does not have.
    | UnknownTable of plugin: string * table: ObjectName
    /// Identity comes from the context, never from a model.
    | IdentityAsArgument of plugin: string * action: string * argument: string

    override this.ToString() =
        let names (plugins: string list) = String.concat ", " plugins

        match this with
        | DuplicateId id -> $"Plugin {id} is given twice. Give it once."
        | MissingDependency(plugin, dependency) ->
            $"Plugin {plugin} needs {dependency}, which is not among the plugins. Add it, or drop the dependency."
        | Cycle plugins ->
            $"The plugins {names plugins} depend on each other in a circle. Remove one of the dependencies."
        | SharedNamespace(ns, plugins) ->
            $"The plugins {names plugins} would share the namespace {ns}. Give one of them another with Schema.inNamespace."
        | ForeignSchema(plugin, owner) ->
            $"The schema of plugin {plugin} was declared for {owner}. Declare it with Schema.forPlugin \"{plugin}\"."
        | BadName(plugin, name) ->
            $"'{name}' of plugin {plugin} cannot be called by a model: use 1 to 64 letters, digits, '_' and '-'."
        | DuplicateName(name, plugins) ->
            $"{name} is the name of two actions or providers, in {names plugins}. Rename one: {{ action with Name = … }}."
        | NotShared(plugin, table) ->
            $"Plugin {plugin} references {table}, which its owner does not share. Declare the table with Table.shared."
        | UnknownTable(plugin, table) -> $"Plugin {plugin} references {table}, which its owner does not have."
        | IdentityAsArgument(plugin, action, argument) ->
            $"Action {action} of plugin {plugin} would let a model fill '{argument}'. Take it from context.Message."

/// Plugins that can run together, dependencies first.
[<Sealed>]
type Resolved internal (plugins: Plugin list) =
    member _.Plugins = plugins
    /// What is to be migrated, in this order.
    member _.Schemas = plugins |> List.choose _.Schema

[<RequireQualifiedAccess>]
module internal Resolve =
    let private isName (name: string) =
        name.Length >= 1
        && name.Length <= 64
        && name |> Seq.forall (fun c -> Char.IsAsciiLetterOrDigit c || c = '_' || c = '-')

    let private repeated (key: 'T -> string) (items: 'T list) =
        items |> List.groupBy key |> List.filter (fun (_, group) -> group.Length > 1)

    let private identity = set [ "userid"; "agentid"; "roomid"; "entityid" ]

    let private isIdentity (argument: string) =
        identity.Contains(argument.ToLowerInvariant().Replace("_", "").Replace("-", ""))

    let private names (plugin: Plugin) = (plugin.Actions |> List.map _.Name) @ (plugin.Providers |> List.map _.Name)

    let private ownErrors (plugin: Plugin) =
        [ match plugin.Schema with
          | Some schema when schema.Plugin <> plugin.Id -> ResolveError.ForeignSchema(plugin.Id, schema.Plugin)
          | Some _
          | None -> ()

          for name in names plugin do
              if not (isName name) then
                  ResolveError.BadName(plugin.Id, name)

          for action in plugin.Actions do
              for shape in action.Arguments |> Option.map _.Shapes |> Option.defaultValue [] do
                  for argument in Shape.names shape |> List.filter isIdentity |> List.distinct do
                      ResolveError.IdentityAsArgument(plugin.Id, action.Name, argument) ]

    let private sharedErrors (plugins: Plugin list) =
        [ for id, _ in repeated _.Id plugins do
              ResolveError.DuplicateId id

          for ns, group in plugins |> List.distinctBy _.Id |> repeated _.Namespace do
              ResolveError.SharedNamespace(ns, List.map _.Id group)

          let named =
              [ for plugin in plugins |> List.distinctBy _.Id do
                    for name in names plugin do
                        name, plugin.Id ]

          for _, group in named |> repeated (fun (name, _) -> name.ToUpperInvariant()) do
              ResolveError.DuplicateName(fst group.Head, List.map snd group) ]

    /// Tables of other plugins that this one references; a namespace that no plugin has is the database's own affair.
    let private references (plugins: Plugin list) (plugin: Plugin) =
        [ for schema in Option.toList plugin.Schema do
              for table in schema.Tables do
                  for foreignKey in table.ForeignKeys do
                      let target = foreignKey.Target

                      if target.Namespace <> schema.Namespace then
                          match plugins |> List.tryFind (fun other -> other.Namespace = target.Namespace) with
                          | Some owner -> owner, target
                          | None -> () ]
        |> List.distinctBy (fun (owner, target) -> owner.Id, target)

    let private referenceErrors plugins (plugin: Plugin) =
        references plugins plugin
        |> List.choose (fun (owner, target) ->
            let tables = owner.Schema |> Option.map _.Tables |> Option.defaultValue []

            match tables |> List.tryFind (fun table -> table.Name = target) with
            | None -> Some(ResolveError.UnknownTable(plugin.Id, target))
            | Some table when not table.Shared -> Some(ResolveError.NotShared(plugin.Id, target))
            | Some _ -> None)

    let private needs plugins (plugin: Plugin) =
        plugin.Dependencies @ (references plugins plugin |> List.map (fun (owner, _) -> owner.Id))
        |> List.distinct

    /// A circle among plugins of which each needs another of them.
    let private circle (plugins: Plugin list) (rest: Plugin list) =
        let next (plugin: Plugin) =
            needs plugins plugin |> List.pick (fun id -> rest |> List.tryFind (fun other -> other.Id = id))

        let rec walk (path: Plugin list) (plugin: Plugin) =
            match path |> List.tryFindIndex (fun seen -> seen.Id = plugin.Id) with
            | Some index -> path |> List.take (index + 1) |> List.rev |> List.map _.Id
            | None -> walk (plugin :: path) (next plugin)

        walk [] rest.Head

    /// Dependencies first, otherwise in the order given.
    let private order (plugins: Plugin list) =
        let known = plugins |> List.map _.Id |> set

        let rec go (placed: Plugin list) (rest: Plugin list) =
            let isPlaced id = placed |> List.exists (fun plugin -> plugin.Id = id)
            let isReady plugin = needs plugins plugin |> List.forall (fun id -> isPlaced id || not (known.Contains id))

            match List.tryFind isReady rest with
            | Some plugin -> go (plugin :: placed) (rest |> List.filter (fun other -> other.Id <> plugin.Id))
            | None when rest.IsEmpty -> Ok(List.rev placed)
            | None -> Error(ResolveError.Cycle(circle plugins rest))

        go [] plugins

    let run (plugins: Plugin list) : Result<Resolved, ResolveError list> =
        let distinct = plugins |> List.distinctBy _.Id
        let known = distinct |> List.map _.Id |> set
        let ordered = order distinct

        let errors =
            [ yield! sharedErrors plugins
              for plugin in distinct do
                  yield! ownErrors plugin
                  yield! referenceErrors distinct plugin

                  for dependency in List.distinct plugin.Dependencies do
                      if not (known.Contains dependency) then
                          ResolveError.MissingDependency(plugin.Id, dependency)

              match ordered with
              | Error cycle -> cycle
              | Ok _ -> () ]

        match ordered with
        | Ok plugins when errors.IsEmpty -> Ok(Resolved plugins)
        | Ok _
        | Error _ -> Error errors
