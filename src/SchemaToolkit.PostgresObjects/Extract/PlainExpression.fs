namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text

/// What `pg_get_expr` prints of a plain expression over columns of one table: comparisons, AND, OR, NOT, IS NULL, IN, numbers and
/// texts. The server would look the whole table up to print one. None for anything else: then it is asked.
[<RequireQualifiedAccess>]
module internal PlainExpression =
    /// An operator of the server's own: name and operand types.
    [<Struct>]
    type Operator = { Name: string; Left: uint32; Right: uint32 }

    let private bool, int8, int2, int4, text, varchar, numeric, textArray =
        "16", "20", "21", "23", "25", "1043", "1700", "1009"

    let private typeName (oid: string) =
        if oid = int4 then Some "integer"
        elif oid = int8 then Some "bigint"
        elif oid = text then Some "text"
        elif oid = numeric then Some "numeric"
        elif oid = varchar then Some "character varying"
        elif oid = "701" then Some "double precision"
        elif oid = textArray then Some "text[]"
        else None

    let private field (name: string) (fields: (string * NodeTree) list) =
        match List.tryFind (fun (key, _) -> key = name) fields with
        | Some(_, value) -> value
        | None -> NodeTree.Atom ""

    let private atom name fields =
        match field name fields with
        | NodeTree.Atom text -> text
        | NodeTree.List _
        | NodeTree.Node _
        | NodeTree.Bytes _ -> ""

    let private items name fields =
        match field name fields with
        | NodeTree.List items -> items
        | NodeTree.Atom _
        | NodeTree.Node _
        | NodeTree.Bytes _ -> []

    /// `exprType`; empty where it is not known here.
    let private typeOf (tree: NodeTree) =
        match tree with
        | NodeTree.Node("VAR", fields) -> atom "vartype" fields
        | NodeTree.Node("CONST", fields) -> atom "consttype" fields
        | NodeTree.Node("FUNCEXPR", fields) -> atom "funcresulttype" fields
        | NodeTree.Node("OPEXPR", fields) -> atom "opresulttype" fields
        | NodeTree.Node("RELABELTYPE", fields) -> atom "resulttype" fields
        | _ -> ""

    /// A number of four bytes or fewer that is not negative, from a server that writes the lowest byte first.
    let private number (bytes: byte array) =
        if
            bytes.Length = 8
            && Array.forall ((=) 0uy) bytes[4..]
            && bytes[3] < 128uy
            && BitConverter.IsLittleEndian
        then
            Some(BitConverter.ToInt32(bytes, 0))
        else
            None

    /// A text of plain characters, after a header of four bytes.
    let private characters (bytes: byte array) =
        let isPlain (b: byte) = b >= 32uy && b < 127uy && b <> byte '\\'

        if
            bytes.Length >= 4
            && BitConverter.IsLittleEndian
            && BitConverter.ToInt32(bytes, 0) = bytes.Length * 4
            && Array.forall isPlain bytes[4..]
        then
            Some(Encoding.ASCII.GetString(bytes, 4, bytes.Length - 4))
        else
            None

    let tryPrint
        (operators: Dictionary<uint32, Operator>)
        (column: int -> string option)
        (tree: NodeTree)
        : string option =
        let out = StringBuilder()
        let mutable isPlain = true
        let fail () = isPlain <- false
        let say (text: string) = out.Append text |> ignore

        let sayOption (text: string option) =
            match text with
            | Some text -> say text
            | None -> fail ()

        let constant fields =
            let consttype = atom "consttype" fields

            match field "constvalue" fields with
            | NodeTree.Bytes bytes when atom "constisnull" fields = "false" && atom "consttypmod" fields = "-1" ->
                if consttype = int4 then
                    sayOption (number bytes |> Option.map string)
                elif consttype = bool then
                    match number bytes with
                    | Some 1 -> say "true"
                    | Some 0 -> say "false"
                    | Some _
                    | None -> fail ()
                elif consttype = text || consttype = varchar then
                    let isDefaultCollation = atom "constcollid" fields = "100"

                    match characters bytes, typeName consttype with
                    | Some found, Some name when isDefaultCollation ->
                        say ("'" + found.Replace("'", "''") + "'::" + name)
                    | _ -> fail ()
                else
                    fail ()
            | _ -> fail ()

        let operator fields (left: string) (right: string) =
            match UInt32.TryParse(atom "opno" fields) with
            | true, oid ->
                match operators.TryGetValue oid with
                | true, found when string found.Left = left && string found.Right = right -> say found.Name
                | _ -> fail ()
            | false, _ -> fail ()

        let rec expression (showImplicit: bool) (tree: NodeTree) : unit =
            if isPlain then
                match tree with
                | NodeTree.Node("VAR", fields) ->
                    match atom "varno" fields, atom "varlevelsup" fields, Int32.TryParse(atom "varattno" fields) with
                    | "1", "0", (true, number) when number > 0 -> sayOption (column number)
                    | _ -> fail ()
                | NodeTree.Node("CONST", fields) -> constant fields
                | NodeTree.Node("OPEXPR", fields) ->
                    match items "args" fields with
                    | [ left; right ] ->
                        say "("
                        expression true left
                        say " "
                        operator fields (typeOf left) (typeOf right)
                        say " "
                        expression true right
                        say ")"
                    | _ -> fail ()
                | NodeTree.Node("BOOLEXPR", fields) -> logic (atom "boolop" fields) (items "args" fields)
                | NodeTree.Node("NULLTEST", fields) ->
                    let arg = field "arg" fields

                    match typeOf arg |> UInt32.TryParse, atom "argisrow" fields, atom "nulltesttype" fields with
                    // A row has a test of its own.
                    | (true, oid), "false", ("0" | "1" as test) when oid < 10000u ->
                        say "("
                        expression true arg
                        say (if test = "0" then " IS NULL)" else " IS NOT NULL)")
                    | _ -> fail ()
                | NodeTree.Node("FUNCEXPR", fields) ->
                    match items "args" fields with
                    | [ arg ] -> cast (atom "funcformat" fields) arg (atom "funcresulttype" fields) showImplicit
                    | _ -> fail ()
                | NodeTree.Node("RELABELTYPE", fields) when atom "resulttypmod" fields = "-1" ->
                    cast (atom "relabelformat" fields) (field "arg" fields) (atom "resulttype" fields) showImplicit
                | NodeTree.Node("SCALARARRAYOPEXPR", fields) ->
                    match items "args" fields with
                    | [ left; right ] ->
                        let isTexts = typeOf left = text
                        say "("
                        expression true left
                        say " "

                        // Elements of the two kinds that are seen to: of texts, and of numbers.
                        match right with
                        | NodeTree.Node("ARRAYEXPR", array) when
                            isTexts && atom "array_typeid" array = textArray
                            || typeOf left = int4 && atom "array_typeid" array = "1007"
                            ->
                            operator fields (typeOf left) (typeOf left)
                        | NodeTree.Node("RELABELTYPE", array) when isTexts && atom "resulttype" array = textArray ->
                            operator fields text text
                        | _ -> fail ()

                        say (if atom "useOr" fields = "true" then " ANY (" else " ALL (")
                        expression true right
                        say "))"
                    | _ -> fail ()
                | NodeTree.Node("ARRAYEXPR", fields) when atom "multidims" fields = "false" ->
                    say "ARRAY["
                    list ", " true (items "elements" fields)
                    say "]"
                | _ -> fail ()

        and list (separator: string) showImplicit (trees: NodeTree list) =
            if trees.IsEmpty then
                fail ()

            trees
            |> List.iteri (fun i tree ->
                if i > 0 then
                    say separator

                expression showImplicit tree)

        and logic (operation: string) (args: NodeTree list) =
            say "("

            match operation, args with
            | "and", _ -> list " AND " false args
            | "or", _ -> list " OR " false args
            | "not", [ arg ] ->
                say "NOT "
                expression false arg
            | _ -> fail ()

            say ")"

        /// Explicit casts are 1, implicit ones 2; 0 is a call of a function.
        and cast (form: string) (arg: NodeTree) (result: string) (showImplicit: bool) =
            match form, typeName result with
            | "2", _ when not showImplicit -> expression false arg
            | ("1" | "2"), Some name when typeOf arg <> result ->
                say "("
                expression false arg
                say (")::" + name)
            | _ -> fail ()

        expression false tree
        if isPlain then Some(out.ToString()) else None
