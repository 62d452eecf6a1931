namespace SchemaToolkit.Diffing

open SchemaToolkit

[<RequireQualifiedAccess>]
module EnumChange =
    /// True unless the old values stand in the new list in their old order.
    let replaces (before: EnumType) (after: EnumType) =
        after.Values |> List.filter (fun v -> List.contains v before.Values) <> before.Values

/// Changes of enums.
[<RequireQualifiedAccess>]
module Enums =
    let private keys (enum: EnumType) =
        [ Key.Part(PartId.Enum enum.Name); Key.EnumValues enum.Name; Key.Relation enum.Name ]

    let private bare (enum: EnumType) = { enum with RenamedFrom = [] }

    let nodes (from: Schema) (target: Schema) : Node list =
        [ for enum in from.Enums do
              if (Schema.tryEnum enum.Name target).IsNone then
                  { Step = Step.DropEnum(bare enum)
                    Creates = []
                    Destroys = keys enum
                    Needs = []
                    Frees = [] }
          for enum in target.Enums do
              match Schema.tryEnum enum.Name from with
              | None ->
                  { Step = Step.CreateEnum(bare enum)
                    Creates = keys enum
                    Destroys = []
                    Needs = [ Key.Part(PartId.Namespace enum.Name.Namespace) ]
                    Frees = [] }
              | Some before when before.Values = enum.Values -> ()
              | Some before when EnumChange.replaces before enum ->
                  { Step = Step.ReplaceEnum(bare before, bare enum)
                    Creates = keys enum
                    Destroys = keys before
                    Needs = []
                    Frees = [] }
              | Some before ->
                  { Step = Step.AddEnumValues(bare before, bare enum)
                    Creates = [ Key.EnumValues enum.Name ]
                    Destroys = []
                    Needs = []
                    Frees = [] } ]
