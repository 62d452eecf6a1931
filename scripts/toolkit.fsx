/// The toolkit for scripts: `#load "toolkit.fsx"`. The only file that names a library.
module Sample

// The odd detour in the first path is for the reader of the error message when nothing was built yet.
#r "../artifacts/(if missing, run 'dotnet fsi build.fsx publish')/../lib/SchemaToolkit.dll"
#r "../artifacts/lib/SchemaToolkit.Core.dll"
#r "../artifacts/lib/SchemaToolkit.Data.dll"
#r "../artifacts/lib/SchemaToolkit.Migrations.dll"
#r "../artifacts/lib/SchemaToolkit.Agents.dll"
#r "../artifacts/lib/Microsoft.Extensions.AI.Abstractions.dll"
#r "../artifacts/lib/Microsoft.Extensions.Caching.Abstractions.dll"
#r "../artifacts/lib/Microsoft.Extensions.Logging.Abstractions.dll"

open SchemaToolkit

/// The sample's tables and history from an earlier run go, so that every run tells the same story and no database
/// fills up. Only samples do this: a plugin keeps its history.
let startOver (options: ToolkitOptions) (schema: Schema) =
    task {
        let! history = Toolkit.history options

        if history |> List.exists (fun entry -> entry.Plugin = schema.Plugin) then
            let nothing = Schema.empty schema.Plugin schema.Namespace
            let quietly = options |> ToolkitOptions.allowingEverything |> ToolkitOptions.quietly
            use! started = Toolkit.start quietly [ nothing ]
            let ledger = ObjectName.create "migrations" "entry"

            let! _ =
                started.Database
                |> Database.run (Sql.execute $"DELETE FROM {ledger} WHERE plugin = {schema.Plugin}")

            return ()
    }
