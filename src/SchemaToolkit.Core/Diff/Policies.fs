namespace SchemaToolkit.Diffing

open SchemaToolkit

/// Row security and policies. Policies are made before row security is switched on and go after it is switched off, so
/// that no moment leaks rows or locks everybody out.
[<RequireQualifiedAccess>]
module Policies =
    let private part (table: Table) (policy: Policy) = Key.Part(PartId.Policy(table.Name, policy.Name))

    let add (schema: Schema) (table: Table) (policy: Policy) =
        { Step = Step.CreatePolicy(table.Name, policy)
          Creates = [ part table policy ]
          Destroys = []
          Needs = Key.Part(PartId.Table table.Name) :: Uses.policyKeys schema table policy
          Frees = [] }

    let private drop (schema: Schema) (table: Table) (policy: Policy) =
        { Step = Step.DropPolicy(table.Name, policy)
          Creates = []
          Destroys = [ part table policy ]
          Needs = []
          Frees = Key.Part(PartId.Table table.Name) :: Uses.policyKeys schema table policy }

    /// On a new table `before` is Disabled.
    let security (before: RowSecurity) (oldPolicies: Policy list) (table: Table) =
        if before = table.RowSecurity then
            []
        else
            let disabling = table.RowSecurity = RowSecurity.Disabled

            [ { Step = Step.ChangeRowSecurity(table.Name, before, table.RowSecurity)
                Creates = [ Key.Part(PartId.RowSecurity table.Name) ]
                Destroys = []
                Needs =
                  Key.Part(PartId.Table table.Name)
                  :: (if disabling then [] else List.map (part table) table.Policies)
                Frees = (if disabling then List.map (part table) oldPolicies else []) } ]

    let nodes (impact: Impact) (from: Schema) (target: Schema) (before: Table) (after: Table) : Node list =
        let named name (policies: Policy list) = policies |> List.tryFind (fun p -> p.Name = name)

        [ yield! security before.RowSecurity before.Policies after
          for old in before.Policies do
              match named old.Name after.Policies with
              | None -> drop from before old
              | Some policy when policy <> old || Impact.dragsPolicy impact from before old ->
                  drop from before old
                  add target after policy
              | Some _ -> ()
          for policy in after.Policies do
              if (named policy.Name before.Policies).IsNone then
                  add target after policy ]
