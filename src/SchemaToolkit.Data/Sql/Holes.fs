namespace SchemaToolkit

open System
open System.Collections
open System.Collections.Concurrent
open System.Text

/// F# options and the like as the values that parameters take.
[<RequireQualifiedAccess>]
module internal Optional =
    let private getters = ConcurrentDictionary<Type, Reflection.PropertyInfo | null>()

    let isOption (candidate: Type) =
        candidate.IsGenericType && candidate.GetGenericTypeDefinition() = typedefof<option<_>>

    let isNullable (candidate: Type) = not (isNull (Nullable.GetUnderlyingType candidate))

    /// The type inside an option or a Nullable, else the type itself.
    let inner (candidate: Type) : Type =
        if isOption candidate then
            candidate.GetGenericArguments()[0]
        else
            match Nullable.GetUnderlyingType candidate with
            | null -> candidate
            | inner -> inner

    /// None as null, Some as what it holds; anything else as it is.
    let unwrap (value: objnull) : objnull =
        match value with
        | null -> null
        | value ->
            let property =
                getters.GetOrAdd(
                    value.GetType(),
                    fun (found: Type) -> if isOption found then found.GetProperty "Value" else null
                )

            match property with
            | null -> value
            | property -> property.GetValue value

/// The parts of an interpolated string.
[<RequireQualifiedAccess>]
module internal Holes =
    /// Texts between the holes and the indexes of the holes, in turns.
    let private parse (format: string) : struct (string list * int list) =
        let texts = ResizeArray<string>()
        let holes = ResizeArray<int>()
        let text = StringBuilder()
        let mutable i = 0

        while i < format.Length do
            let c = format[i]

            if (c = '{' || c = '}') && i + 1 < format.Length && format[i + 1] = c then
                text.Append c |> ignore
                i <- i + 2
            elif c = '{' then
                let close = format.IndexOf('}', i)
                let inside = format.Substring(i + 1, close - i - 1)
                let digits = inside |> Seq.takeWhile Char.IsAsciiDigit |> Seq.toArray |> String
                texts.Add(string text)
                holes.Add(Int32.Parse digits)
                text.Clear() |> ignore
                i <- close + 1
            else
                text.Append c |> ignore
                i <- i + 1

        texts.Add(string text)
        struct (List.ofSeq texts, List.ofSeq holes)

    let private parsed = ConcurrentDictionary<string, struct (string list * int list)>()

    let private expand (values: IEnumerable) : SqlPart list =
        let items = [ for value in values -> SqlPart.Value(Optional.unwrap value) ]

        if items.IsEmpty then
            DataError.definition
                ""
                "A hole of the SQL text holds an empty list, which SQL cannot write."
                "Leave the condition out when the list is empty, or use Where.isIn."
            |> DataError.raiseIt

        [ SqlPart.Text "("
          for i, item in List.indexed items do
              if i > 0 then
                  SqlPart.Text ", "

              item
          SqlPart.Text ")" ]

    let private hole (value: objnull) : SqlPart list =
        match value with
        | null -> [ SqlPart.Value null ]
        | :? ColumnHandle as column -> [ SqlPart.Name column.Name ]
        | :? Table as table -> [ SqlPart.Table table.Name ]
        | :? SchemaObject as declared -> [ SqlPart.Table declared.Name ]
        | :? ObjectName as name -> [ SqlPart.Table name ]
        | :? Sql as sql -> sql.Parts
        | :? ExpressionHandle as expression -> expression.Sql.Parts
        | :? string
        | :? Array -> [ SqlPart.Value value ]
        | :? IEnumerable as values when not (Optional.isOption (value.GetType())) -> expand values
        | value -> [ SqlPart.Value(Optional.unwrap value) ]

    let parts (text: FormattableString) : SqlPart list =
        let struct (texts, holes) = parsed.GetOrAdd(text.Format, parse)

        let rec weave texts holes =
            match texts, holes with
            | head :: texts, index :: holes -> SqlPart.Text head :: hole (text.GetArgument index) @ weave texts holes
            | texts, _ -> texts |> List.map SqlPart.Text

        weave texts holes
