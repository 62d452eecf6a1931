namespace SchemaToolkit

open System
open System.Security.Cryptography
open System.Text

/// The name of an object in a database: a namespace (PostgreSQL: schema) and a name, never a dotted string.
/// An empty namespace means "the namespace of whoever uses it" and is filled by `Schema.forPlugin` or by the session.
type ObjectName =
    { Namespace: string
      Name: string }

    /// For people only; SQL is rendered by a dialect.
    override this.ToString() = if this.Namespace = "" then this.Name else $"{this.Namespace}.{this.Name}"

[<RequireQualifiedAccess>]
module ObjectName =
    let create (ns: string) (name: string) = { Namespace = ns; Name = name }

    /// A name whose namespace is decided later.
    let relative (name: string) = { Namespace = ""; Name = name }

    /// Fills an empty namespace; a given one stays.
    let placeIn (ns: string) (name: ObjectName) = if name.Namespace = "" then { name with Namespace = ns } else name

/// What may be an identifier, and the frozen rules by which names are derived.
[<RequireQualifiedAccess>]
module Identifier =
    /// PostgreSQL's NAMEDATALEN - 1, in bytes of UTF-8.
    let maxBytes = 63

    let byteLength (name: string) = Encoding.UTF8.GetByteCount name

    /// Column names that PostgreSQL reserves for its system columns (manual, 5.6 System Columns).
    let systemColumns = set [ "tableoid"; "xmin"; "cmin"; "xmax"; "cmax"; "ctid" ]

    /// Every reason why the text cannot be an identifier; empty when it can.
    let problems (name: string) =
        [ if String.IsNullOrEmpty name then
              "is empty"
          else
              if byteLength name > maxBytes then
                  $"is {byteLength name} bytes long; PostgreSQL keeps {maxBytes} and would cut the rest silently"

              if name |> Seq.exists Char.IsControl then
                  "holds a control character"

              if name.Contains '"' || name.Contains '\'' || name.Contains '`' then
                  "holds a quote"

              if name.Contains '.' then
                  "holds a dot; a namespace is given on its own"

              if name <> name.Trim() then
                  "begins or ends with white space"

              if name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) then
                  "begins with 'sqlite_', which SQLite reserves"

              if name.EnumerateRunes() |> Seq.contains Rune.ReplacementChar then
                  "is not valid Unicode" ]

    /// As `problems`, for names that SQLite joins with their namespace.
    let objectProblems (name: string) =
        [ yield! problems name
          if name.Contains "__" then
              "holds '__', which separates namespace and name on SQLite" ]

    let private hash8 (text: string) =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text)).Substring(0, 8)

    /// Cuts a derived name to `maxBytes`, keeping it distinct: the last nine bytes become '_' and a hash of the whole. Frozen.
    let shorten (name: string) =
        if byteLength name <= maxBytes then
            name
        else
            let mutable bytes = 0

            let kept =
                name.EnumerateRunes()
                |> Seq.takeWhile (fun rune ->
                    bytes <- bytes + rune.Utf8SequenceLength
                    bytes <= maxBytes - 9)
                |> Seq.map string
                |> String.concat ""

            $"{kept}_{hash8 name}"

    /// `table_a_b_suffix`, PostgreSQL's own convention, cut by `shorten`. Frozen.
    let derive (table: string) (parts: string list) (suffix: string) =
        shorten (String.Join("_", [ table; yield! parts; suffix ]))

    /// `UserId` → `user_id`, `HTTPServer` → `http_server`, `Value2` → `value2`. Frozen.
    let snakeCase (name: string) =
        let builder = StringBuilder()

        for i in 0 .. name.Length - 1 do
            let c = name[i]

            if Char.IsUpper c && i > 0 && name[i - 1] <> '_' then
                let afterLower = Char.IsLower name[i - 1] || Char.IsDigit name[i - 1]
                let endsAcronym = i + 1 < name.Length && Char.IsLower name[i + 1]

                if afterLower || endsAcronym then
                    builder.Append '_' |> ignore

            builder.Append(Char.ToLowerInvariant c) |> ignore

        builder.ToString()

/// The namespace that a plugin's tables live in.
[<RequireQualifiedAccess>]
module Namespace =
    /// The host's own.
    let host = "public"

    /// The toolkit's ledger.
    let ledger = "migrations"

    /// `@scope/plugin-foo.bar` → `plugin_foo_bar`: the scope and a leading `plugin-` go, the rest is lower-cased,
    /// `-` and `.` become `_`. Frozen.
    let derive (pluginId: string) =
        let unscoped = pluginId.Substring(pluginId.LastIndexOf '/' + 1)
        let lower = unscoped.ToLowerInvariant().Replace('-', '_').Replace('.', '_')

        let bare =
            if lower.StartsWith("plugin_", StringComparison.Ordinal) then
                lower.Substring 7
            else
                lower

        $"plugin_{bare}"

    /// Every reason why a plugin cannot have this namespace.
    let problems (ns: string) =
        [ yield! Identifier.objectProblems ns
          if ns = ledger then
              "is the toolkit's own"

          if ns.StartsWith("pg_", StringComparison.Ordinal) || ns = "information_schema" then
              "is reserved by PostgreSQL" ]
