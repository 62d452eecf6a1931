namespace SchemaToolkit.Agents

open System
open System.Globalization

/// How one value is written in an answer, and how it is read.
type Scalar<'T> =
    {
        Form: ValueForm
        /// Gets trimmed text that is not empty; Error says what is expected.
        Parse: string -> Result<'T, string>
    }

/// The kinds of values that an answer may hold.
[<RequireQualifiedAccess>]
module Scalar =
    let private invariant = CultureInfo.InvariantCulture

    let private form hint jsonType = { Hint = hint; JsonType = jsonType; Options = [] }

    let private ofTry hint jsonType expected (tryParse: string -> bool * 'T) : Scalar<'T> =
        { Form = form hint jsonType
          Parse =
            fun text ->
                match tryParse text with
                | true, value -> Ok value
                | false, _ -> Error expected }

    let map (f: 'A -> 'B) (scalar: Scalar<'A>) : Scalar<'B> =
        { Form = scalar.Form; Parse = scalar.Parse >> Result.map f }

    /// Keeps the values that pass; `expected` completes "expected is …".
    let check (expected: string) (passes: 'T -> bool) (scalar: Scalar<'T>) : Scalar<'T> =
        { scalar with
            Parse = scalar.Parse >> Result.bind (fun value -> if passes value then Ok value else Error expected) }

    /// Shows another hint in the form.
    let hint (text: string) (scalar: Scalar<'T>) : Scalar<'T> = { scalar with Form = { scalar.Form with Hint = text } }

    /// Any text without NUL, which PostgreSQL cannot store.
    let text: Scalar<string> =
        { Form = form "text" "string"
          Parse = fun text -> if text.Contains '\000' then Error "text without NUL" else Ok text }

    /// `true` or `false`, also yes/no, on/off, 1/0, enabled/disabled.
    let bool: Scalar<bool> =
        { Form = form "true/false" "boolean"
          Parse =
            fun text ->
                match text.ToLowerInvariant() with
                | "true"
                | "yes"
                | "y"
                | "on"
                | "1"
                | "enabled" -> Ok true
                | "false"
                | "no"
                | "n"
                | "off"
                | "0"
                | "disabled" -> Ok false
                | _ -> Error "true or false" }

    /// A whole number of 32 bits.
    let int: Scalar<int> =
        ofTry "whole number" "integer" "a whole number of 32 bits" (fun text ->
            Int32.TryParse(text, NumberStyles.AllowLeadingSign, invariant))

    /// A whole number of 64 bits.
    let int64: Scalar<int64> =
        ofTry "whole number" "integer" "a whole number of 64 bits" (fun text ->
            Int64.TryParse(text, NumberStyles.AllowLeadingSign, invariant))

    /// A decimal number with a point; no thousands separators, which differ by country.
    let decimal: Scalar<decimal> =
        ofTry "number" "number" "a number such as 12.50" (fun text ->
            Decimal.TryParse(text, NumberStyles.AllowLeadingSign ||| NumberStyles.AllowDecimalPoint, invariant))

    /// A finite number, exponent allowed.
    let float: Scalar<float> =
        ofTry "number" "number" "a number such as 12.5" (fun text ->
            match Double.TryParse(text, NumberStyles.Float, invariant) with
            | true, value when Double.IsFinite value -> true, value
            | _ -> false, 0.0)

    let guid: Scalar<Guid> = ofTry "uuid" "string" "a UUID" Guid.TryParse

    /// `yyyy-MM-dd`.
    let date: Scalar<DateOnly> =
        ofTry "yyyy-MM-dd" "string" "a date as yyyy-MM-dd" (fun text ->
            DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None))

    /// An instant in ISO 8601; without an offset it is UTC. The result has offset 0.
    let timestamp: Scalar<DateTimeOffset> =
        ofTry "yyyy-MM-ddTHH:mm:ssZ" "string" "an instant such as 2025-01-31T12:00:00Z" (fun text ->
            DateTimeOffset.TryParse(
                text,
                invariant,
                DateTimeStyles.AssumeUniversal ||| DateTimeStyles.AdjustToUniversal
            ))

    /// One of some values, each by its name, in any case.
    let oneOfValues (values: (string * 'T) list) : Scalar<'T> =
        let names = List.map fst values

        { Form = { Hint = String.concat "/" names; JsonType = "string"; Options = names }
          Parse =
            fun text ->
                match values |> List.tryFind (fun (name, _) -> Shape.sameName name text) with
                | Some(_, value) -> Ok value
                | None -> Error $"""one of {String.concat ", " names}""" }

    /// One of some words, in any case; the result is the word as given here.
    let oneOf (words: string list) : Scalar<string> = oneOfValues (words |> List.map (fun word -> word, word))
