/// A fault put into the source by hand. `Find` must stand in the file exactly once; what it has between ⟦ and ⟧, or all of it, is
/// an expression, and `Replace` stands in its place when the fault is switched on.
type Mutant =
    {
        Name: string
        /// Below src.
        Project: string
        /// Below the project.
        File: string
        Find: string
        Replace: string
        /// Arguments of the runner that should find it.
        Finders: string list
    }
