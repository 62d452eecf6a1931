namespace SchemaToolkit.Benchmarks

open System
open System.Collections.Generic
open Microsoft.EntityFrameworkCore
open Microsoft.EntityFrameworkCore.Infrastructure
open Microsoft.EntityFrameworkCore.Metadata
open Microsoft.EntityFrameworkCore.Metadata.Builders
open Microsoft.EntityFrameworkCore.Migrations
open Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Conventions

type private Row = Dictionary<string, obj>

/// Never connects: it only carries EF Core's services for PostgreSQL.
type private EmptyContext() =
    inherit DbContext()

    override _.OnConfiguring options = options.UseNpgsql "Host=127.0.0.1" |> ignore

/// The tables of `Sized` as models of EF Core, and its differ.
[<RequireQualifiedAccess>]
module EfModels =
    let private context = lazy (new EmptyContext())

    let private table (changed: bool) (entity: EntityTypeBuilder<Row>) (name: string) =
        let withCheck (table: TableBuilder<Row>) = table.HasCheckConstraint("filled_" + name, "c4 <> ''") |> ignore

        entity.ToTable(name, Action<TableBuilder<Row>> withCheck) |> ignore

        entity.Property<Guid>("id").HasDefaultValueSql("gen_random_uuid()") |> ignore
        entity.HasKey [| "id" |] |> ignore

        for i in 1..9 do
            entity.Property<string>($"c{i}").IsRequired() |> ignore

        if changed then
            entity.Property<string>("added").IsRequired false |> ignore

        entity.HasAlternateKey [| "c1" |] |> ignore
        entity.HasIndex [| "c2"; "c3" |] |> ignore

    /// With one column more in the middle table, where `changed`.
    let create (changed: bool) (tables: int) : IRelationalModel =
        let builder = ModelBuilder(NpgsqlConventionSetBuilder.Build())

        for number in 1..tables do
            table (changed && number = tables / 2) (builder.SharedTypeEntity<Row> $"t{number}") $"t{number}"

        let model = builder.FinalizeModel()

        context.Value
            .GetService<IModelRuntimeInitializer>()
            .Initialize(model, designTime = true, validationLogger = null)
            .GetRelationalModel()

    let differ () : IMigrationsModelDiffer = context.Value.GetService<IMigrationsModelDiffer>()
