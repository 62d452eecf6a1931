#load "mutant.fsx"

open Mutant

// Faults in the comparison of whole PostgreSQL databases; each with the pairs of the corpus that should find it.

let private fault name file find replace pairs =
    { Name = name
      Project = "SchemaToolkit.PostgresObjects"
      File = file
      Find = find
      Replace = replace
      Finders = "pairs" :: pairs }

let private told name file find replace finder = { fault name file find replace [] with Finders = [ finder ] }

let faults =
    [ fault
          "a changed comment, owner or privilege is not seen"
          "Compare/Differences.fs"
          "if ⟦not (sameAttributes known a b)⟧ then"
          "false"
          [ "comments/"; "owners/" ]
      fault
          "what rests on a thing that goes is left to it"
          "Compare/Closure.fs"
          "⟦users gone⟧\n"
          "Seq.empty"
          [ "views/chain_rebuilt"; "views/depends_on_dropped_column_in_chain" ]
      fault
          "columns of partitions stay when the parent's goes"
          "Compare/Closure.fs"
          "(fun (column, child) -> ⟦isGiven child⟧ && not"
          "false"
          [ "partitions/columns_change"
            "partitions/generated_anew_under_view_of_partition"
            "partitions/identity_and_generated"
            "partitions/overrides"
            "inheritance/" ]
      fault
          "nothing waits for what it needs"
          "Compare/Nodes.fs"
          "Needs = ⟦keys (used - own)⟧"
          "[]"
          [ "mixed/"; "views/" ]
      fault
          "nothing waits for what was used by a thing that goes"
          "Compare/Nodes.fs"
          "let frees = ⟦frees object (used - addresses)⟧"
          "[]"
          [ "mixed/"; "views/"; "tables/" ]
      fault
          "what cannot change in place is left as it is"
          "Compare/Closure.fs"
          "                  ⟦replaced⟧\n                  disturbing"
          "Set.empty"
          [ "triggers/"; "indexes/"; "routines/" ]
      fault
          "every change of an enum adds values"
          "Kinds/TypeFamily.fs"
          "⟦after |> List.filter (fun v -> List.contains v before) = before⟧"
          "true"
          [ "enums/" ]
      fault
          "the right to pass a privilege on is forgotten"
          "Compare/Attributes.fs"
          "⟦if grant.Grantable then \" WITH GRANT OPTION\" else \"\"⟧"
          "\"\""
          [ "grants/" ]
      fault
          "a trigger fires though it was disabled"
          "Kinds/Triggers.fs"
          "if ⟦f.Enabled <> Option.defaultValue \"O\" f.Inherited⟧ then"
          "false"
          [ "triggers/" ]
      fault
          "a policy that loses its expression keeps it"
          "Kinds/Policies.fs"
          "⟦loses a.Using b.Using⟧"
          "false"
          [ "policies/" ]
      fault
          "a sequence that stops going round goes on"
          "Kinds/Sequences.fs"
          "⟦if a.Cycle && not b.Cycle then \" NO CYCLE\" else \"\"⟧"
          "\"\""
          [ "sequences/"; "columns/identity_options" ]
      fault
          "a view is replaced in place whatever its columns"
          "Kinds/Views.fs"
          "elif ⟦not (startsWith a.Columns b.Columns)⟧ then"
          "false"
          [ "views/" ]
      fault
          "the statistics of an index column stay when they should go"
          "Kinds/Indexes.fs"
          "if ⟦not (b.Statistics |> List.exists (fun (p, _) -> p = position))⟧ then"
          "false"
          [ "indexes/" ]
      fault
          "a sequence goes with the column that owned it"
          "Compare/Departures.fs"
          "| Some _, Kind.SequenceOwner, _ -> ⟦false⟧"
          "true"
          [ "sequences/" ]
      fault
          "a partition is attached before it has what its parent asks of it"
          "Extract/PartitionRelations.fs"
          "⟦attached above parts objects late attachments⟧"
          "[]"
          [ "partitions/" ]
      fault
          "a plain index is printed without its order"
          "Extract/PlainText.fs"
          "| 3 -> ⟦\" DESC\"⟧"
          "\"\""
          [ "indexes/" ]
      fault
          "a plain index is printed without its predicate"
          "Extract/PlainText.fs"
          "⟦\" WHERE \" + text⟧"
          "\"\""
          [ "columns/converted_with_defaults" ]
      fault
          "privileges that were passed on are taken back last"
          "Compare/GrantOrder.fs"
          "lost |> ⟦List.sortByDescending (hands Set.empty)⟧"
          "id"
          [ "grants/" ]
      fault
          "event triggers run under an empty search path"
          "Compare/Plan.fs"
          "Running.under (lazy (⟦Running.ofWatchers decision.Context⟧))"
          "[]"
          [ "event_triggers/" ]
      fault
          "brackets around conditions are lost"
          "Compare/Spelling.fs"
          "| stop -> ⟦ends.Add stop |> ignore⟧"
          "()"
          [ "constraints/between_before_another"; "views/between_symmetric" ]
      fault
          "functions run under an empty search path"
          "Compare/Running.fs"
          "fun converted step -> ⟦search context.To names (computed context converted step)⟧"
          "[]"
          [ "columns/"; "routines/"; "indexes/" ]
      fault
          "what a foreign key does when its row goes is not read"
          "Extract/PlainText.fs"
          "⟦$\" ON {event} CASCADE\"⟧"
          "\"\""
          [ "constraints/fk_actions" ]
      fault
          "a key that belongs to the parent's is taken for a plain one"
          "Extract/PlainSql.fs"
          "⟦\"k.coninhcount = 0\"⟧"
          "\"true\""
          [ "partitions/" ]

      fault
          "an identity comes with its column though children get that too"
          "Kinds/Columns.fs"
          "| Some identity when ⟦identityIsRefused context object⟧ ->"
          "false"
          [ "inheritance/identity_with_children" ]
      told "a table goes without a word" "Judge/OfDropped.fs" "| Kind.Table -> ⟦table plan object⟧" "[]" "hazards"
      told
          "every type has room for every other"
          "Judge/TypeWords.fs"
          "| _ -> ⟦room before after |> Option.defaultWith (fun () -> TypeChange.classify (parse before) (parse after))⟧"
          "TypeChange.Widening"
          "hazards"
      told
          "a constraint that is new asks nothing of the rows"
          "Judge/OfNew.fs"
          "| true, _ -> (if ⟦isAsBefore⟧ then [] else ofRows"
          "true"
          "hazards"
      told
          "rows of a partition that stays come along too"
          "Compare/Carrying.fs"
          "⟦below partitions before.Address |> List.filter (context.Dropping.Contains >> not)⟧"
          "[]"
          "carrying"
      told
          "rows come back when all else is there"
          "Compare/Carrying.fs"
          "if ⟦waits tables partitions other⟧ then"
          "false"
          "carrying"
      told "rows are not carried" "Compare/Plan.fs" "|> (if ⟦carrying⟧ then" "false" "carrying" ]
