namespace SchemaToolkit.PostgresObjects

/// Base types. A type and the functions that read and write it are made of each other: first the type is announced, then its
/// functions are made, then the type itself.
[<RequireQualifiedAccess>]
module BaseTypes =
    let private functions (database: PgDatabase) (object: PgObject) =
        Words.partsOf database Kind.Function object.Address

    let private isShell (object: PgObject) = (Texts.field "fixed" object).IsNone

    let private create (context: Context) (object: PgObject) = TypeText.createWith context.To object

    /// Only the functions of the type itself are left by then.
    let private drop (context: Context) (object: PgObject) =
        let cascade = if (functions context.From object).IsEmpty then "" else " CASCADE"
        [ $"DROP {Texts.designation object}{cascade}" ]

    let private changeable =
        [ "RECEIVE"; "SEND"; "TYPMOD_IN"; "TYPMOD_OUT"; "ANALYZE"; "SUBSCRIPT"; "STORAGE" ]

    /// Columns keep the storage that the type had when they were made.
    let private ofColumns (context: Context) (before: PgObject) (after: PgObject) =
        match Texts.field "STORAGE" before, Texts.field "STORAGE" after with
        | a, Some storage when a <> Some storage ->
            [ for KeyValue(address, object) in context.From.Objects do
                  match object.Facts, context.To.Objects.TryFind address with
                  | Facts.Column a, Some { Facts = Facts.Column b } when
                      a.Type = b.Type
                      && a.TypeStorage <> b.TypeStorage
                      && a.Storage = None
                      && b.Storage = None
                      && a.InheritCount = 0
                      && (context.From.Needs.TryFind address |> Option.exists _.Contains(after.Address))
                      && not (context.Dropping.Contains address)
                      ->
                      $"ALTER TABLE {Words.relation address} ALTER COLUMN {Quote.name address.Part} SET STORAGE {storage}"
                  | _ -> () ]
        | _ -> []

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        match Retype.change context before after with
        | Some change -> change
        | None when isShell before || isShell after -> Change.Replace
        | None ->
            let settings =
                [ for name in changeable do
                      let wanted = Texts.field name after

                      if Texts.field name before <> wanted then
                          let value = Option.defaultValue "NONE" wanted
                          $"{name} = {value}" ]

            match settings with
            | [] -> Change.Same
            | settings ->
                let list = String.concat ", " settings
                Change.Alter($"ALTER {Texts.designation after} SET ({list})" :: ofColumns context before after)

    let rules: KindRules =
        { Blank.rules Texts.designation create with
            Drop = drop
            Change = change
            Absorbs = fun context object -> functions context.To object |> List.map _.Address
            Names = Blank.relation
            GrantTarget = Texts.designation >> Some }

/// Collations: one that is another makes its columns anew where they stand.
[<RequireQualifiedAccess>]
module Collations =
    let rules: KindRules =
        { Blank.rules Texts.designation Texts.create with
            Change = fun context before after -> Retype.change context before after |> Option.defaultValue Change.Same }
