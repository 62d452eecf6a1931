namespace SchemaToolkit

open System
open System.Globalization
open System.Numerics
open System.Text.Json
open System.Text.Json.Nodes
open Microsoft.Data.Sqlite

/// Conversions between the forms that SQLite keeps types in, as PostgreSQL's assignment casts convert the values.
/// Registered as functions on migrating connections: a rebuild calls them.
[<RequireQualifiedAccess>]
module SqliteCast =
    let private isInteger (columnType: ColumnType) =
        match columnType with
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt -> true
        | _ -> false

    let private isText (columnType: ColumnType) =
        match columnType with
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _
        | ColumnType.Enum _ -> true
        | _ -> false

    let private day = "T00:00:00.000000"

    let private fromFloat (source: ColumnType) (target: ColumnType) (value: float) : Result<StoredValue, string> =
        // PostgreSQL's float to numeric keeps the digits that are sure: 15, or 6 of a real.
        let digits = if source = ColumnType.Real then "G6" else "G15"

        match target with
        | ColumnType.Double -> Ok(StoredValue.Real value)
        | ColumnType.Real -> CastText.real value
        | ColumnType.Numeric precision ->
            match CastText.number (value.ToString(digits, CultureInfo.InvariantCulture)) with
            | Some number -> CastText.numeric precision number
            | None -> Error "is not a finite number"
        | _ when isInteger target && Double.IsFinite value ->
            CastText.integer target (BigInteger(Math.Round(value, MidpointRounding.ToEven)))
        | _ -> Error $"has no conversion to {ColumnType.describe target}"

    /// The stored form of a value in another type, or why it has none. NULL is the caller's.
    let rec convert (source: ColumnType) (target: ColumnType) (value: StoredValue) : Result<StoredValue, string> =
        match source, target, value with
        | _ when source = target -> Ok value
        | _, _, StoredValue.Integer v when isInteger source && isInteger target ->
            CastText.integer target (BigInteger v)
        | _, ColumnType.Boolean, StoredValue.Integer v when isInteger source ->
            Ok(StoredValue.Integer(if v = 0L then 0L else 1L))
        | ColumnType.Boolean, _, StoredValue.Integer _ when isInteger target -> Ok value
        | _, ColumnType.Double, StoredValue.Integer v when isInteger source -> Ok(StoredValue.Real(float v))
        | _, ColumnType.Real, StoredValue.Integer v when isInteger source -> CastText.real (float v)
        | _, ColumnType.Numeric precision, StoredValue.Integer v when isInteger source ->
            CastText.numeric precision { Unscaled = BigInteger v; Scale = 0 }
        | (ColumnType.Real | ColumnType.Double), _, StoredValue.Real v when not (isText target) ->
            fromFloat source target v
        | ColumnType.Numeric _, _, StoredValue.Text v when isInteger target ->
            match CastText.number v with
            | Some number -> CastText.integer target (CastText.round 0 number).Unscaled
            | None -> Error "is no number"
        | ColumnType.Numeric _, (ColumnType.Real | ColumnType.Double | ColumnType.Numeric _), StoredValue.Text v ->
            CastText.parse target v
        | ColumnType.Date, ColumnType.LocalTimestamp, StoredValue.Text v -> Ok(StoredValue.Text(v + day))
        | ColumnType.Date, ColumnType.Timestamp, StoredValue.Text v -> Ok(StoredValue.Text(v + day + "Z"))
        | ColumnType.LocalTimestamp, ColumnType.Timestamp, StoredValue.Text v -> Ok(StoredValue.Text(v + "Z"))
        | ColumnType.Timestamp, ColumnType.LocalTimestamp, StoredValue.Text v -> Ok(StoredValue.Text(v.TrimEnd 'Z'))
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Date, StoredValue.Text v ->
            Ok(StoredValue.Text(v.Substring(0, 10)))
        | (ColumnType.LocalTimestamp | ColumnType.Timestamp), ColumnType.Time, StoredValue.Text v ->
            Ok(StoredValue.Text(v.Substring(11, 15)))
        | ColumnType.Time, ColumnType.Interval, StoredValue.Text v -> Ok(StoredValue.Text("0." + v))
        | ColumnType.Interval, ColumnType.Time, StoredValue.Text v when not (v.StartsWith '-') ->
            Ok(StoredValue.Text(v.Substring(v.IndexOf '.' + 1)))
        | (ColumnType.Json | ColumnType.Jsonb), (ColumnType.Json | ColumnType.Jsonb), _ -> Ok value
        | ColumnType.Array inner, ColumnType.Array outer, StoredValue.Text v -> elements inner outer v
        | ColumnType.Vector _, ColumnType.Vector dimensions, StoredValue.Blob v ->
            if v.Length = 4 * dimensions then
                Ok value
            else
                Error $"has {v.Length / 4} dimensions, not {dimensions}"
        | _ when isText source || isText target -> CastText.parse target (CastText.format source value)
        | _ -> Error $"has no conversion from {ColumnType.describe source} to {ColumnType.describe target}"

    and private elements (source: ColumnType) (target: ColumnType) (text: string) : Result<StoredValue, string> =
        let stored (node: JsonNode) : StoredValue =
            match source, node.GetValueKind() with
            | _, JsonValueKind.True -> StoredValue.Integer 1L
            | _, JsonValueKind.False -> StoredValue.Integer 0L
            | (ColumnType.Real | ColumnType.Double), JsonValueKind.Number -> StoredValue.Real(node.GetValue<float>())
            | _, JsonValueKind.Number -> StoredValue.Integer(node.GetValue<int64>())
            | ColumnType.Bytea, _ -> StoredValue.Blob(Convert.FromHexString(node.GetValue<string>()))
            | _, JsonValueKind.String -> StoredValue.Text(node.GetValue<string>())
            | _ -> StoredValue.Text(node.ToJsonString())

        let written (value: StoredValue) : JsonNode | null =
            match target, value with
            | ColumnType.Boolean, StoredValue.Integer v -> JsonValue.Create((v = 1L))
            | (ColumnType.Array _ | ColumnType.Json | ColumnType.Jsonb), StoredValue.Text v -> JsonNode.Parse v
            | _, StoredValue.Integer v -> JsonValue.Create v
            | _, StoredValue.Real v -> JsonValue.Create v
            | _, StoredValue.Blob v -> JsonValue.Create(Convert.ToHexStringLower v)
            | _, StoredValue.Text v -> JsonValue.Create v

        match JsonNode.Parse text with
        | :? JsonArray as array ->
            (Ok [], List.ofSeq array)
            ||> List.fold (fun result node ->
                result
                |> Result.bind (fun made ->
                    match node with
                    | null -> Ok(null :: made)
                    | node -> convert source target (stored node) |> Result.map (fun v -> written v :: made)))
            |> Result.map (fun made -> StoredValue.Text(JsonArray(made |> List.rev |> Array.ofList).ToJsonString()))
        | _ -> Error "is no array"

    /// True where the stored form is the same for every value.
    let private keepsForm (source: ColumnType) (target: ColumnType) =
        match source, target with
        | ColumnType.SmallInt, (ColumnType.Integer | ColumnType.BigInt)
        | ColumnType.Integer, ColumnType.BigInt
        | ColumnType.Boolean, (ColumnType.SmallInt | ColumnType.Integer | ColumnType.BigInt)
        | ColumnType.Real, ColumnType.Double
        | ColumnType.Numeric _, ColumnType.Numeric None
        | (ColumnType.Json | ColumnType.Jsonb), (ColumnType.Json | ColumnType.Jsonb)
        | (ColumnType.Varchar _ | ColumnType.Enum _ | ColumnType.Uuid | ColumnType.Json | ColumnType.Jsonb | ColumnType.Numeric _ | ColumnType.Date),
          ColumnType.Text
        | (ColumnType.Text | ColumnType.Varchar _ | ColumnType.Enum _), ColumnType.Enum _
        | ColumnType.Enum _, ColumnType.Varchar _ -> true
        | ColumnType.Varchar before, ColumnType.Varchar after -> before <= after
        | _ -> source = target

    let private call (name: string) (source: ColumnType) (target: ColumnType) (expression: string) =
        let code = SqliteStorage.code >> SqliteStorage.literal
        $"{name}({expression}, {code source}, {code target})"

    /// SQL that turns a column's stored form into that of another type.
    let expression (source: ColumnType) (target: ColumnType) (column: string) : string =
        if keepsForm source target then
            column
        else
            call "schema_cast" source target column

    /// SQL that is 0 where the conversion keeps the value, 1 where it changes it, 2 where there is none.
    let verdict (source: ColumnType) (target: ColumnType) (column: string) : string =
        call "schema_cast_verdict" source target column

    let private typeOf (code: string) =
        match SqliteStorage.ofCode code with
        | Some found -> found
        | None -> raise (ArgumentException $"'{code}' is no type.")

    let private storedOf (value: obj) : StoredValue =
        match value with
        | :? int64 as v -> StoredValue.Integer v
        | :? float as v -> StoredValue.Real v
        | :? string as v -> StoredValue.Text v
        | :? (byte[]) as v -> StoredValue.Blob v
        | other -> raise (ArgumentException $"SQLite has no values of type {other.GetType().Name}.")

    let private ofStored (value: StoredValue) : objnull =
        match value with
        | StoredValue.Integer v -> box v
        | StoredValue.Real v -> box v
        | StoredValue.Text v -> box v
        | StoredValue.Blob v -> box v

    let private cast (value: objnull) (source: string) (target: string) : objnull =
        match value with
        | null
        | :? DBNull -> null
        | value ->
            match convert (typeOf source) (typeOf target) (storedOf value) with
            | Ok converted -> ofStored converted
            | Error why -> raise (InvalidCastException $"A {source} {why}.")

    let private judge (value: objnull) (source: string) (target: string) : int64 =
        match value with
        | null
        | :? DBNull -> 0L
        | value ->
            let source, target, value = typeOf source, typeOf target, storedOf value

            match convert source target value with
            | Error _ -> 2L
            | Ok converted ->
                match convert target source converted with
                | Ok back when back = value -> 0L
                | Ok _
                | Error _ -> 1L

    /// Registers `schema_cast` and `schema_cast_verdict` on an open connection.
    let register (connection: SqliteConnection) : unit =
        connection.CreateFunction<objnull, string, string, objnull>(
            "schema_cast",
            (fun value source target -> cast value source target),
            isDeterministic = true
        )

        connection.CreateFunction<objnull, string, string, int64>(
            "schema_cast_verdict",
            (fun value source target -> judge value source target),
            isDeterministic = true
        )
