namespace SchemaToolkit

open System
open System.Data.Common
open System.Text.Json.Nodes
open System.Threading
open SchemaToolkit.Migrating

/// One line of a plugin's history.
type LedgerEntry =
    {
        Id: int64
        Plugin: string
        Namespace: string
        /// `applied`, `recorded` (nothing to change), `partial` (some segments of a plan, the rest failed or was cut off)
        /// or `failed`.
        Outcome: string
        DeclaredHash: string
        ProjectedHash: string
        Version: int option
        /// Canonical JSON.
        Declared: string
        Projected: string
        Renditions: string
        Capabilities: string
        /// JSON lists of text.
        Steps: string
        Statements: string
        Hazards: string
        Consent: string
        Fingerprint: string
        /// ISO 8601, UTC.
        StartedAt: string
        DurationMs: int64
        Error: string option
        ErrorCode: string option
        ToolVersion: string
    }

    member this.Succeeded = this.Outcome <> "failed"

    /// One line for people.
    override this.ToString() =
        let steps =
            match JsonNode.Parse this.Steps with
            | :? JsonArray as steps when steps.Count = 1 -> "1 step"
            | :? JsonArray as steps -> $"{steps.Count} steps"
            | _ -> "no steps"

        let schema = this.DeclaredHash.Substring(0, min 12 this.DeclaredHash.Length)

        let error = this.ErrorCode |> Option.map (fun code -> $", {code}") |> Option.defaultValue ""

        $"#{this.Id} {this.StartedAt} {this.Plugin} {this.Outcome}{error}: {steps} in {this.Namespace}, {this.DurationMs} ms, schema {schema}, toolkit {this.ToolVersion}"

/// What the order of a plugin's versions can be told by.
type LedgerMark =
    { Id: int64
      Outcome: string
      DeclaredHash: string
      Version: int option
      Capabilities: string
      Fingerprint: string }

    /// The declaration was reached; a partial entry only leads there.
    member this.IsWhole = this.Outcome <> "partial"

/// The history that the toolkit keeps in the namespace `migrations`.
[<RequireQualifiedAccess>]
module Ledger =
    /// The version of the ledger's own tables that this toolkit writes.
    let version = 1L

    /// The version of this toolkit, for the record.
    let toolVersion =
        match typeof<LedgerEntry>.Assembly.GetName().Version with
        | null -> "0.0.0"
        | version -> version.ToString 3

    let private table name = ObjectName.create Namespace.ledger name

    let private columns =
        [ "id"
          "plugin"
          "namespace"
          "outcome"
          "declared_hash"
          "projected_hash"
          "schema_version"
          "declared"
          "projected"
          "renditions"
          "capabilities"
          "steps"
          "statements"
          "hazards"
          "consent"
          "fingerprint"
          "started_at"
          "duration_ms"
          "error"
          "error_code"
          "tool_version" ]

    let private text (value: objnull) =
        match value with
        | null -> ""
        | other -> string other

    let private optional (value: objnull) =
        match value with
        | null -> None
        | other -> Some(string other)

    let private entry (row: objnull array) : LedgerEntry =
        let number (i: int) = row[i] |> text |> Int64.Parse

        { Id = number 0
          Plugin = text row[1]
          Namespace = text row[2]
          Outcome = text row[3]
          DeclaredHash = text row[4]
          ProjectedHash = text row[5]
          Version = row[6] |> optional |> Option.map int
          Declared = text row[7]
          Projected = text row[8]
          Renditions = text row[9]
          Capabilities = text row[10]
          Steps = text row[11]
          Statements = text row[12]
          Hazards = text row[13]
          Consent = text row[14]
          Fingerprint = text row[15]
          StartedAt = text row[16]
          DurationMs = number 17
          Error = optional row[18]
          ErrorCode = optional row[19]
          ToolVersion = text row[20] }

    let private select (dialect: Dialect) =
        let names = columns |> List.map dialect.QuoteName |> String.concat ", "
        let entries = dialect.TableName(table "entry")
        $"SELECT {names} FROM {entries}"

    /// Every entry, oldest first.
    let read (dialect: Dialect) (connection: DbConnection) (ct: CancellationToken) =
        task {
            let! rows = Ado.rows dialect connection (select dialect + " ORDER BY id") [] ct
            return List.map entry rows
        }

    /// One entry.
    let byId (dialect: Dialect) (connection: DbConnection) (id: int64) (ct: CancellationToken) =
        task {
            let sql = $"{select dialect} WHERE id = {dialect.Placeholder 1}"
            let! rows = Ado.rows dialect connection sql [ id ] ct
            return rows |> List.tryHead |> Option.map entry
        }

    let private mark (row: objnull array) : LedgerMark =
        { Id = row[0] |> text |> Int64.Parse
          Outcome = text row[1]
          DeclaredHash = text row[2]
          Version = row[3] |> optional |> Option.map int
          Capabilities = text row[4]
          Fingerprint = text row[5] }

    let private markColumns = "id, outcome, declared_hash, schema_version, capabilities, fingerprint"

    /// What one plugin's attempts that succeeded left, oldest first.
    let marks (dialect: Dialect) (connection: DbConnection) (plugin: string) (ct: CancellationToken) =
        task {
            let sql =
                $"""SELECT {markColumns} FROM {dialect.TableName(table "entry")} WHERE outcome <> 'failed' AND plugin = {dialect.Placeholder 1} ORDER BY id"""

            let! rows = Ado.rows dialect connection sql [ plugin ] ct
            return List.map mark rows
        }

    /// Of every plugin, the newest entry that succeeded.
    let heads (dialect: Dialect) (connection: DbConnection) (ct: CancellationToken) =
        task {
            let entries = dialect.TableName(table "entry")

            let sql =
                $"SELECT {markColumns}, plugin FROM {entries} WHERE id IN (SELECT max(id) FROM {entries} WHERE outcome <> 'failed' GROUP BY plugin)"

            let! rows = Ado.rows dialect connection sql [] ct
            return rows |> List.map (fun row -> text row[6], mark row) |> Map.ofList
        }

    /// Which plugin owns each namespace, by its newest entry.
    let owners (dialect: Dialect) (connection: DbConnection) (ct: CancellationToken) =
        task {
            let sql =
                $"""SELECT DISTINCT namespace, plugin FROM {dialect.TableName(table "entry")} WHERE outcome <> 'failed'"""

            let! rows = Ado.rows dialect connection sql [] ct
            return rows |> List.map (fun row -> text row[0], text row[1])
        }

    /// Ledger version and the oldest that may read it; fails when the tables are not as ours are.
    let meta (dialect: Dialect) (connection: DbConnection) (ct: CancellationToken) =
        task {
            let! _ = Ado.rows dialect connection (select dialect + " WHERE 1 = 0") [] ct
            let sql = $"""SELECT ledger_version, min_reader FROM {dialect.TableName(table "meta")}"""
            let! rows = Ado.rows dialect connection sql [] ct
            return rows |> List.tryHead |> Option.map (fun row -> Int64.Parse(text row[0]), Int64.Parse(text row[1]))
        }

    /// Appends an entry; its id is given by the database.
    let append (dialect: Dialect) (connection: DbConnection) (e: LedgerEntry) (ct: CancellationToken) =
        task {
            let written = columns |> List.tail
            let names = written |> List.map dialect.QuoteName |> String.concat ", "
            let holes = written |> List.mapi (fun i _ -> dialect.Placeholder(i + 1)) |> String.concat ", "
            let sql = $"""INSERT INTO {dialect.TableName(table "entry")} ({names}) VALUES ({holes})"""

            let orNull (value: 'a option) : objnull =
                match value with
                | Some v -> box v
                | None -> null

            let values: objnull list =
                [ e.Plugin
                  e.Namespace
                  e.Outcome
                  e.DeclaredHash
                  e.ProjectedHash
                  orNull e.Version
                  e.Declared
                  e.Projected
                  e.Renditions
                  e.Capabilities
                  e.Steps
                  e.Statements
                  e.Hazards
                  e.Consent
                  e.Fingerprint
                  e.StartedAt
                  e.DurationMs
                  orNull e.Error
                  orNull e.ErrorCode
                  e.ToolVersion ]

            let! _ = Ado.executeWith dialect connection sql values ct
            return ()
        }

    /// Remembers what the server is now for an entry that still describes what is there.
    let refresh
        (dialect: Dialect)
        (connection: DbConnection)
        (id: int64)
        (capabilities: string)
        (fingerprint: string)
        (ct: CancellationToken)
        =
        task {
            let hole = dialect.Placeholder

            let sql =
                $"""UPDATE {dialect.TableName(table "entry")} SET capabilities = {hole 1}, fingerprint = {hole 2} WHERE id = {hole 3}"""

            let! _ = Ado.executeWith dialect connection sql [ capabilities; fingerprint; id ] ct
            return ()
        }

    /// A list of texts as JSON.
    let texts (items: string list) : string =
        let array = JsonArray()

        for item in items do
            array.Add(JsonValue.Create item)

        array.ToJsonString()

    /// What an engine could do when an entry was written: any difference means a full comparison.
    let capabilities (c: Capabilities) =
        let features = c.Features |> Set.toList |> String.concat ","
        $"{c.Engine} {c.Flavour} {c.Version} [{features}]"
