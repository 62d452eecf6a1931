using System.Reflection;

namespace SchemaToolkit.Fluent;

// Inside: SchemaToolkit has an Expression of its own.
using System.Linq.Expressions;

/// <summary>The statements that a row-level security policy is about.</summary>
public enum PolicyCommand
{
    /// <summary>Every statement.</summary>
    All,

    /// <summary>Reading.</summary>
    Select,

    /// <summary>New rows.</summary>
    Insert,

    /// <summary>Changed rows.</summary>
    Update,

    /// <summary>Deleted rows.</summary>
    Delete,
}

/// <summary>Says more about a row-level security policy (PostgreSQL manual, 5.9).</summary>
/// <typeparam name="T">The record that the table holds.</typeparam>
public sealed class PolicyBuilder<T>
{
    private readonly List<Func<Func<PropertyInfo, string>, Core.Policy, Core.Policy>> changes = [];
    private readonly string name;
    private readonly PolicyCommand command;

    internal PolicyBuilder(string name, PolicyCommand command)
    {
        this.name = name;
        this.command = command;
    }

    /// <summary>The rows that are seen: <c>x => $"{x.Owner} = current_user"</c>.</summary>
    public PolicyBuilder<T> Using(Expression<Func<T, FormattableString>> sql) =>
        Change((columnOf, policy) => Core.PolicyModule.@using(Core.Declared.sql(SqlHoles.Read(sql, columnOf)), policy));

    /// <summary>The rows that may be written.</summary>
    public PolicyBuilder<T> WithCheck(Expression<Func<T, FormattableString>> sql) =>
        Change((columnOf, policy) => Core.PolicyModule.withCheck(Core.Declared.sql(SqlHoles.Read(sql, columnOf)), policy));

    /// <summary>Rows must satisfy this policy too, instead of this one or another.</summary>
    public PolicyBuilder<T> Restrictive() => Change((_, policy) => Core.PolicyModule.restrictive(policy));

    /// <summary>For these roles; without it, for everyone.</summary>
    public PolicyBuilder<T> ForRoles(params IEnumerable<string> roles) =>
        Change((_, policy) => Core.PolicyModule.forRoles(roles.ToFSharpList(), policy));

    /// <summary>Declares the policy for one engine; elsewhere it is left out without a warning.</summary>
    public PolicyBuilder<T> OnlyOn(Engine engine) => Change((_, policy) => Core.PolicyModule.onlyOn(engine.Key, policy));

    internal Core.Policy Build(Func<PropertyInfo, string> columnOf) =>
        changes.Aggregate(Core.PolicyModule.create(name, ToCore(command)), (sofar, change) => change(columnOf, sofar));

    private static Core.PolicyCommand ToCore(PolicyCommand command) => command switch
    {
        PolicyCommand.All => Core.PolicyCommand.All,
        PolicyCommand.Select => Core.PolicyCommand.Select,
        PolicyCommand.Insert => Core.PolicyCommand.Insert,
        PolicyCommand.Update => Core.PolicyCommand.Update,
        PolicyCommand.Delete => Core.PolicyCommand.Delete,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    private PolicyBuilder<T> Change(Func<Func<PropertyInfo, string>, Core.Policy, Core.Policy> change)
    {
        changes.Add(change);
        return this;
    }
}
