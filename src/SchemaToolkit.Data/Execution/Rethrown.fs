namespace SchemaToolkit

open System.Runtime.ExceptionServices

/// `reraise` is not available inside `task`.
[<RequireQualifiedAccess>]
module internal Rethrown =
    /// Throws the exception with its own stack; the result type is for `raise (keep error)`.
    let keep (error: exn) : exn =
        ExceptionDispatchInfo.Throw error
        error
