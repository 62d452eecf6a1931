namespace SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
module Extensions =
    let private designation (object: PgObject) = $"EXTENSION {Quote.name object.Address.Name}"

    let private facts (object: PgObject) =
        match object.Facts with
        | Facts.Extension facts -> facts
        | _ -> invalidOp $"{object.Address} is not an extension."

    /// Default privileges that members would get when it is made; what they are to have beyond their extension's own is
    /// granted one by one.
    let private reaching (context: Context) (schema: string) =
        context.From.Objects.Every
        |> Seq.filter (fun object ->
            object.Address.Kind = Kind.DefaultPrivileges
            && object.Address.Name = context.From.User
            && (object.Address.Schema = "" || object.Address.Schema = schema))
        |> List.ofSeq

    let private create (context: Context) (object: PgObject) =
        let f = facts object
        let inForce = reaching context f.Schema

        [ yield! inForce |> List.collect (DefaultPrivileges.rules.Drop context)
          $"CREATE EXTENSION IF NOT EXISTS {Quote.name object.Address.Name} WITH SCHEMA {Quote.name f.Schema} VERSION {Quote.text f.Version}"
          yield! inForce |> List.collect (DefaultPrivileges.rules.Create context) ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = facts before, facts after

        let isReachable = a.Version = b.Version || List.contains b.Version a.Updates
        let staysPut = a.Schema = b.Schema || b.Relocatable

        if not (isReachable && staysPut) then
            Change.Replace
        else
            [ if a.Version <> b.Version then
                  $"ALTER {designation after} UPDATE TO {Quote.text b.Version}"
              if a.Schema <> b.Schema then
                  $"ALTER {designation after} SET SCHEMA {Quote.name b.Schema}" ]
            |> Words.orSame

    let rules: KindRules = { Blank.rules designation create with Change = change }
