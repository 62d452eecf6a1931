using System.Numerics;

namespace SchemaToolkit.Fluent;

/// <summary>Defaults that only fit columns of one type; the compiler refuses the rest.</summary>
public static class ColumnDefaults
{
    extension<TRecord>(ColumnBuilder<TRecord, Guid> column)
    {
        /// <summary>A random UUID, version 4 (RFC 9562), made by the engine.</summary>
        public ColumnBuilder<TRecord, Guid> DefaultsToNewUuid() => column.Default(Core.ColumnDefault.NewUuid);
    }

    extension<TRecord>(ColumnBuilder<TRecord, Guid?> column)
    {
        /// <summary>A random UUID, version 4 (RFC 9562), made by the engine.</summary>
        public ColumnBuilder<TRecord, Guid?> DefaultsToNewUuid() => column.Default(Core.ColumnDefault.NewUuid);
    }

    extension<TRecord>(ColumnBuilder<TRecord, DateTimeOffset> column)
    {
        /// <summary>Repositories set it to the present time whenever they change a row.</summary>
        public ColumnBuilder<TRecord, DateTimeOffset> TouchedOnChange() => column.Touch();

        /// <summary>The time at which the inserting transaction began.</summary>
        public ColumnBuilder<TRecord, DateTimeOffset> DefaultsToNow() => column.Default(Core.ColumnDefault.Now);
    }

    extension<TRecord>(ColumnBuilder<TRecord, DateTimeOffset?> column)
    {
        /// <summary>The time at which the inserting transaction began.</summary>
        public ColumnBuilder<TRecord, DateTimeOffset?> DefaultsToNow() => column.Default(Core.ColumnDefault.Now);
    }

    extension<TRecord>(ColumnBuilder<TRecord, DateTime> column)
    {
        /// <summary>The date and time of the inserting transaction, without a zone.</summary>
        public ColumnBuilder<TRecord, DateTime> DefaultsToNow() => column.Default(Core.ColumnDefault.Now);
    }

    extension<TRecord>(ColumnBuilder<TRecord, DateTime?> column)
    {
        /// <summary>The date and time of the inserting transaction, without a zone.</summary>
        public ColumnBuilder<TRecord, DateTime?> DefaultsToNow() => column.Default(Core.ColumnDefault.Now);
    }

    /// <summary>The next number of a sequence (PostgreSQL); repositories leave a zero to it.</summary>
    public static ColumnBuilder<TRecord, TNumber> DefaultsToNext<TRecord, TNumber>(
        this ColumnBuilder<TRecord, TNumber> column, SequenceBuilder sequence) where TNumber : struct, IBinaryInteger<TNumber> =>
        column.Next(sequence);
}
