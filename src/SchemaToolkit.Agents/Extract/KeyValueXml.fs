namespace SchemaToolkit.Agents

open System

/// An element of an answer: its text, or the elements inside it.
type Element =
    {
        /// As the shape spells it.
        Name: string
        Text: string
        Children: Element list
        /// The answer ended before this element did.
        Truncated: bool
    }

/// Reads the elements of a shape out of a model's answer. Only names of the shape are markup, each at its own level; prose,
/// code fences, attributes, unknown tags, a DTD and entities other than XML's five and numeric ones are text. Rules where an
/// answer is not well-formed:
/// - an element that is not closed ends where its next sibling begins, or with its parent;
/// - an element inside which the answer ended is kept but marked `Truncated`; half a closing tag still closes it;
/// - of several roots the last one that holds an element of the shape counts; without a root, closed elements in the text do.
[<RequireQualifiedAccess>]
module internal KeyValueXml =
    let private isNamed (name: string) (token: Token) =
        match token with
        | Token.Open(found, _, _, _) -> Shape.sameName found name
        | Token.Close _
        | Token.CData _
        | Token.Comment _ -> false

    type private Reader(text: string, tokens: Token array) =
        /// The token that closes the element opened before `first`, where the same name may be nested.
        let closing (first: int) (last: int) (name: string) =
            let mutable depth = 1
            let mutable k = first
            let mutable found = None

            while found.IsNone && k < last do
                match tokens[k] with
                | Token.Open(other, _, _, false) when Shape.sameName other name -> depth <- depth + 1
                | Token.Close(other, _, _) when Shape.sameName other name ->
                    depth <- depth - 1

                    if depth = 0 then
                        found <- Some k
                | Token.Open _
                | Token.Close _
                | Token.CData _
                | Token.Comment _ -> ()

                k <- k + 1

            found

        /// Where half a closing tag at the very end of the answer begins.
        let halfClosed (start: int) (name: string) =
            let tail = text.LastIndexOf("</", StringComparison.Ordinal)

            if tail >= start && $"</{name}>".StartsWith(text.Substring(tail), StringComparison.OrdinalIgnoreCase) then
                Some tail
            else
                None

        member private this.Element
            (shape: Shape)
            (name: string)
            (first: int)
            (last: int)
            (start: int)
            (stop: int)
            cut
            =
            let children =
                match shape with
                | Shape.Value _ -> []
                | Shape.Many(container, item, _) when Shape.sameName container item -> []
                | Shape.Many(container, item, form) when Shape.sameName container name ->
                    this.Level [ Shape.Value(item, form, true) ] first last stop cut
                | Shape.Many _ -> []
                | Shape.Group(_, children, _) -> this.Level children first last stop cut

            { Name = name
              Text = Markup.content text (Seq.init (last - first) (fun k -> tokens[first + k])) start stop
              Children = children
              Truncated = cut }

        /// The elements of the shapes among tokens `[first, last)` of a parent that ends at `stop`; `cut`: the answer ended there.
        member this.Level (shapes: Shape list) (first: int) (last: int) (stop: int) (cut: bool) : Element list =
            let names =
                [ for shape in shapes do
                      for name in Shape.outerNames shape do
                          name, shape ]

            let tryShape (token: Token) = names |> List.tryFind (fun (name, _) -> isNamed name token)
            let elements = ResizeArray()
            let mutable k = first

            while k < last do
                match tokens[k], tryShape tokens[k] with
                | Token.Open(_, _, start, true), Some(name, shape) ->
                    elements.Add(this.Element shape name k k start start false)
                    k <- k + 1
                | Token.Open(_, _, start, false), Some(name, shape) ->
                    match closing (k + 1) last name with
                    | Some close ->
                        elements.Add(this.Element shape name (k + 1) close start tokens[close].Start false)
                        k <- close + 1
                    | None ->
                        let mutable next = k + 1
                        let inner = Shape.innerNames name shape

                        let isSibling token =
                            (tryShape token).IsSome && not (List.exists (fun name -> isNamed name token) inner)

                        while next < last && not (isSibling tokens[next]) do
                            next <- next + 1

                        let stop = if next < last then tokens[next].Start else stop

                        match (if cut && next = last then halfClosed start name else None) with
                        | Some stop -> elements.Add(this.Element shape name (k + 1) next start stop false)
                        | None -> elements.Add(this.Element shape name (k + 1) next start stop cut)

                        k <- next
                | Token.Open _, None
                | Token.Close _, _
                | Token.CData _, _
                | Token.Comment _, _ -> k <- k + 1

            List.ofSeq elements

        /// The root's content: its tokens `[first, last)`, its end, and whether the answer ended inside it.
        member _.Root (root: string) (isChild: Token -> bool) =
            let unclosed = Collections.Generic.Stack<int>()
            // Outermost pairs and openings without an end, by the position of their opening.
            let found = Collections.Generic.SortedDictionary<int, int voption>()

            for k in 0 .. tokens.Length - 1 do
                match tokens[k] with
                | Token.Open(name, _, _, selfClosing) when Shape.sameName name root ->
                    if selfClosing then found[k] <- ValueSome k else unclosed.Push k
                | Token.Close(name, _, _) when Shape.sameName name root && unclosed.Count > 0 ->
                    let opened = unclosed.Pop()

                    for inner in List.ofSeq found.Keys do
                        if inner > opened then
                            found.Remove inner |> ignore

                    found[opened] <- ValueSome k
                | Token.Open _
                | Token.Close _
                | Token.CData _
                | Token.Comment _ -> ()

            for opened in unclosed do
                let rest = tokens |> Seq.skip (opened + 1) |> Seq.takeWhile (fun token -> not (isNamed root token))

                if Seq.exists isChild rest then
                    found[opened] <- ValueNone

            let hasChild (opened: int) (close: int voption) =
                match close with
                | ValueNone -> true
                | ValueSome close -> tokens |> Seq.skip opened |> Seq.take (close - opened) |> Seq.exists isChild

            let last =
                match found |> Seq.tryFindBack (fun entry -> hasChild entry.Key entry.Value) with
                | Some entry -> Some entry
                | None -> Seq.tryLast found

            last
            |> Option.map (fun entry ->
                match entry.Value with
                | ValueSome close when close = entry.Key -> close, close, tokens[close].Stop, false
                | ValueSome close -> entry.Key + 1, close, tokens[close].Start, false
                | ValueNone -> entry.Key + 1, tokens.Length, text.Length, true)

    let private isChildOf (shapes: Shape list) (token: Token) =
        shapes |> List.collect Shape.outerNames |> List.exists (fun name -> isNamed name token)

    /// The elements under `root`, in the order of the answer.
    let read
        (limits: ExtractionLimits)
        (root: string)
        (shapes: Shape list)
        (answer: string)
        : Result<Element list, ExtractionError> =
        let names = root :: List.collect Shape.names shapes
        let known name = names |> List.exists (Shape.sameName name)
        // A field that is itself called `reasoning` is asked for, so it is kept.
        let thinking = Reasoning.names |> List.filter (known >> not)

        if answer.Length > limits.MaxLength then
            Error(ExtractionError.TooLong(answer.Length, limits.MaxLength))
        else
            Reasoning.stripNamed limits thinking answer
            |> Result.bind (fun stripped ->
                match Markup.scan limits.MaxTags known stripped.Answer with
                | None -> Error(ExtractionError.TooManyTags limits.MaxTags)
                | Some tokens ->
                    let reader = Reader(stripped.Answer, tokens)

                    match reader.Root root (isChildOf shapes) with
                    | Some(first, last, stop, cut) -> Ok(reader.Level shapes first last stop cut)
                    | None ->
                        let loose =
                            reader.Level shapes 0 tokens.Length stripped.Answer.Length true
                            |> List.filter (fun element -> not element.Truncated)

                        if not loose.IsEmpty then
                            Ok loose
                        elif stripped.Unfinished then
                            Error(ExtractionError.NoAnswer(root, "it ends inside a block of reasoning"))
                        elif String.IsNullOrWhiteSpace stripped.Answer then
                            Error(ExtractionError.NoAnswer(root, "it is empty"))
                        else
                            Error(ExtractionError.NoAnswer(root, "no element of that name or of its fields is in it")))
