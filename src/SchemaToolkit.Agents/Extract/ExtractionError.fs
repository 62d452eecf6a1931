namespace SchemaToolkit.Agents

/// Why an answer could not be read. An element is given by its path, such as `preferences/theme`.
[<RequireQualifiedAccess>]
type ExtractionError =
    /// The whole answer is missing.
    | NoAnswer of root: string * why: string
    | Missing of element: string
    | Empty of element: string
    /// The answer ended before the element did, so its value may be incomplete.
    | Truncated of element: string
    | Invalid of element: string * found: string * expected: string
    | TooLong of length: int * limit: int
    | TooManyTags of limit: int
    | NotJson of why: string

    override this.ToString() =
        let short (text: string) = if text.Length > 80 then text.Substring(0, 80) + "…" else text

        match this with
        | NoAnswer(root, why) -> $"The answer holds no <{root}>: {why}."
        | Missing element -> $"<{element}> is missing from the answer."
        | Empty element -> $"<{element}> is empty."
        | Truncated element ->
            $"The answer ends inside <{element}>; its value may be incomplete. Allow a longer answer."
        | Invalid(element, found, expected) -> $"<{element}> holds '{short found}'; expected is {expected}."
        | TooLong(length, limit) -> $"The answer is {length} characters long; the limit is {limit}."
        | TooManyTags limit -> $"The answer holds more than {limit} tags."
        | NotJson why -> $"The answer is not the JSON that was asked for: {why}"

/// How much of an answer is read.
type ExtractionLimits =
    {
        /// In UTF-16 code units.
        MaxLength: int
        /// Tags of the extraction's own names, comments and CDATA sections.
        MaxTags: int
    }

[<RequireQualifiedAccess>]
module ExtractionLimits =
    /// A million characters and 4,096 tags. The depth is that of the extraction itself.
    let standard = { MaxLength = 1_000_000; MaxTags = 4_096 }
