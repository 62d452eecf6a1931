#load "core.fsx"
#load "sqlite.fsx"
#load "postgres.fsx"
#load "objects.fsx"

// Every fault, by project.

let mutants = Core.faults @ Sqlite.faults @ Postgres.faults @ Objects.faults
