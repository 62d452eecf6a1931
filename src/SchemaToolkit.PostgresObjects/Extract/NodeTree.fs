namespace SchemaToolkit.PostgresObjects

open System

/// A `pg_node_tree` as the catalog writes it: `{NAME :field value :field value …}`.
[<RequireQualifiedAccess>]
type internal NodeTree =
    | Atom of text: string
    | List of items: NodeTree list
    | Node of name: string * fields: (string * NodeTree) list
    /// A value of some type, as it lies in the server's memory.
    | Bytes of bytes: byte array

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module internal NodeTree =
    /// What a reader asks for: everything else is passed over.
    let private fieldNames =
        [| "args"
           "opno"
           "varno"
           "varattno"
           "vartype"
           "varlevelsup"
           "consttype"
           "consttypmod"
           "constcollid"
           "constisnull"
           "constvalue"
           "opresulttype"
           "funcresulttype"
           "funcformat"
           "boolop"
           "arg"
           "argisrow"
           "nulltesttype"
           "resulttype"
           "resulttypmod"
           "relabelformat"
           "useOr"
           "array_typeid"
           "multidims"
           "elements" |]

    /// Words that come again and again.
    let private common =
        [| "0"
           "1"
           "2"
           "-1"
           "16"
           "23"
           "25"
           "100"
           "true"
           "false"
           "and"
           "or"
           "VAR"
           "CONST"
           "OPEXPR"
           "FUNCEXPR"
           "BOOLEXPR"
           "NULLTEST"
           "RELABELTYPE" |]

    let private isEnd (c: char) = c = ' ' || c = '{' || c = '}' || c = '(' || c = ')' || c = '[' || c = ']'

    /// None for what is written otherwise, such as a name with a space.
    let tryParse (text: string) : NodeTree option =
        let mutable at = 0
        let mutable isSound = true

        let fail () =
            isSound <- false
            at <- text.Length

        let skip () =
            while at < text.Length && text[at] = ' ' do
                at <- at + 1

        let peek () = if at < text.Length then text[at] else '\000'

        let pass () =
            while at < text.Length && not (isEnd text[at]) do
                at <- at + 1

        /// Which of these words was passed since then; -1 where none.
        let among (words: string array) start =
            let length = at - start
            let mutable i = 0

            while i < words.Length
                  && not (words[i].Length = length && String.CompareOrdinal(text, start, words[i], 0, length) = 0) do
                i <- i + 1

            if i < words.Length then i else -1

        let word () =
            let start = at
            pass ()

            match among common start with
            | -1 -> text.Substring(start, at - start)
            | i -> common[i]

        let bytes () =
            let found = ResizeArray<byte>()
            at <- at + 1
            skip ()

            while peek () <> ']' && isSound do
                let start = at
                pass ()

                match Int32.TryParse(text.AsSpan(start, at - start)) with
                | true, value -> found.Add(byte (value &&& 255))
                | false, _ -> fail ()

                skip ()

            at <- at + 1
            found.ToArray()

        let rec value () : NodeTree =
            skip ()

            match peek () with
            | '{' ->
                at <- at + 1
                node (word ())
            | '(' ->
                at <- at + 1
                NodeTree.List(items ())
            | _ ->
                match word () with
                | "" ->
                    fail ()
                    NodeTree.Atom ""
                | word when word.Contains '\\' || word.Contains '"' ->
                    fail ()
                    NodeTree.Atom ""
                | word ->
                    skip ()
                    if peek () = '[' then NodeTree.Bytes(bytes ()) else NodeTree.Atom word

        and items () =
            let found = ResizeArray<NodeTree>()
            skip ()

            while peek () <> ')' && isSound do
                found.Add(value ())
                skip ()

            at <- at + 1
            List.ofSeq found

        and node name =
            let fields = ResizeArray<string * NodeTree>()
            skip ()

            while peek () <> '}' && isSound do
                if peek () <> ':' then
                    fail ()
                else
                    at <- at + 1
                    let start = at
                    pass ()

                    match among fieldNames start with
                    | -1 -> value () |> ignore
                    | i -> fields.Add(fieldNames[i], value ())

                    skip ()

            at <- at + 1
            NodeTree.Node(name, List.ofSeq fields)

        let found = value ()
        if isSound then Some found else None
