namespace SchemaToolkit.PostgresObjects

/// A database as `CREATE DATABASE … TEMPLATE template0` makes it (PostgreSQL 15 and newer).
[<RequireQualifiedAccess>]
module Fresh =
    let private grant grantee privilege : Grant =
        { Grantee = grantee; Privilege = privilege; Grantable = false; Grantor = "" }

    let private owner = "pg_database_owner"

    let private publicSchema: PgObject =
        { Address = Address.create Kind.Schema "" "public"
          Parent = None
          Facts = Facts.Schema
          Owner = Some owner
          Grants = Some(List.sort [ grant "" "USAGE"; grant owner "CREATE"; grant owner "USAGE" ])
          Comment = Some "standard public schema"
          SecurityLabels = [] }

    /// On the same server and for the same role as another.
    let like (database: PgDatabase) : PgDatabase =
        PgDatabase.assemble
            { Version = database.Version
              User = database.User
              Objects = PgDatabase.objects [ publicSchema ]
              Needs = AddressMap.empty
              Unmodelled = [] }
