namespace SchemaToolkit.Tests.PostgresObjects.Random

/// The kinds of object that a generated database is made of.
[<RequireQualifiedAccess>]
type ItemKind =
    | Schema
    | Collation
    | Enum
    | Domain
    | Composite
    | RangeType
    | Sequence
    | Scalar
    | Table
    | Partitioned
    | Partition
    | Child
    | Typed
    | ForeignTable
    | Column
    | Override
    | Primary
    | Unique
    | Foreign
    | Check
    | Exclusion
    | Index
    | View
    | MatView
    | Rows
    | Procedure
    | Aggregate
    | Operator
    | Cast
    | TriggerFunction
    | Trigger
    | Rule
    | Policy
    | Statistics
    | Publication
    | TextSearch
    | DefaultPrivileges
    | EventTrigger
    | BaseType
    | Server
    | Subscription
    | Language
    | Conversion
    | OperatorFamily

/// One object of a generated database. All that can be said of it is a choice, a number; zero is the plainest. A reference is the
/// number of the other object. So an edit is a number that changes, and a smaller database is one with fewer objects and more zeros.
type Item = { Id: int; Kind: ItemKind; Choices: Map<string, int> }

type Model = { Items: Map<int, Item>; Next: int }

/// How a choice may be made.
[<RequireQualifiedAccess>]
type Choice =
    /// Zero half of the time, else up to `top`.
    | Upto of top: int
    /// Mostly zero.
    | Rarely of top: int
    /// Each number below the count alike.
    | Among of count: int
    /// An object of one of these kinds.
    | Reference of kinds: ItemKind list
    | MaybeReference of kinds: ItemKind list
    /// A column of the relation that another choice refers to.
    | ColumnOf of relation: string
    | MaybeColumnOf of relation: string
    /// A number that no other object has: for names.
    | Fresh

[<RequireQualifiedAccess>]
module Item =
    let get name (item: Item) = item.Choices.TryFind name |> Option.defaultValue 0
    let has name item = get name item <> 0
    let set name value (item: Item) = { item with Choices = item.Choices.Add(name, value) }

[<RequireQualifiedAccess>]
module Model =
    let empty = { Items = Map.empty; Next = 1 }

    let find id (model: Model) = model.Items.TryFind id

    let remove id (model: Model) = { model with Items = model.Items.Remove id }

    let put (item: Item) (model: Model) =
        { Items = model.Items.Add(item.Id, item); Next = max model.Next (item.Id + 1) }

    /// A number that nothing in the model has.
    let fresh (model: Model) = model.Next, { model with Next = model.Next + 1 }

    let ofKind kind (model: Model) =
        [ for KeyValue(_, item) in model.Items -> item ] |> List.filter (fun i -> i.Kind = kind)

    /// Relations that have rows and columns.
    let tables =
        [ ItemKind.Table; ItemKind.Partitioned; ItemKind.Partition; ItemKind.Child; ItemKind.Typed ]

    let relations = tables @ [ ItemKind.ForeignTable; ItemKind.View; ItemKind.MatView ]
