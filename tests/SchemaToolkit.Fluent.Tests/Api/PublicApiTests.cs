using System.Reflection;
using Expecto;
using Expecto.CSharp;
using PublicApiGenerator;

namespace SchemaToolkit.Fluent.Tests;

public static class PublicApiTests
{
    private const BindingFlags Visible =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Facade = typeof(PluginSchema).Assembly;

    private static IEnumerable<Type> Parts(Type type) => Parts(type, []);

    // A parameter's constraint may name the parameter.
    private static IEnumerable<Type> Parts(Type type, HashSet<Type> seen) =>
        type.HasElementType ? Parts(type.GetElementType()!, seen)
        : type.IsGenericParameter ? seen.Add(type) ? type.GetGenericParameterConstraints().SelectMany(each => Parts(each, seen)) : []
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(each => Parts(each, seen)).Prepend(type.GetGenericTypeDefinition())
        : [type];

    private static bool Seen(MethodBase method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodInfo method when Seen(method) =>
            [method.ReturnType, .. method.GetParameters().Select(each => each.ParameterType), .. method.GetGenericArguments()],
        ConstructorInfo constructor when Seen(constructor) => constructor.GetParameters().Select(each => each.ParameterType),
        FieldInfo { IsPublic: true } field => [field.FieldType],
        _ => [],
    };

    private static bool IsForeign(Type type) =>
        (type.Namespace ?? "").StartsWith("Microsoft.FSharp", StringComparison.Ordinal)
        || type.Name.StartsWith("FSharp", StringComparison.Ordinal)
        || (type.Assembly != Facade && type.Assembly.GetName().Name!.StartsWith("SchemaToolkit", StringComparison.Ordinal));

    [Tests]
    public static readonly Test Tests = Runner.TestList("the public API of the facade",
    [
        Runner.TestCase("is frozen", () => Golden.Check("public-api.golden.txt", Facade.GeneratePublicApi(new()
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
        }) + "\n")),

        Runner.TestCase("shows no F# type, neither of the language nor of the toolkit", () => Check.Sequence(
            [],
            from type in Facade.GetExportedTypes()
            from used in type.GetMembers(Visible).SelectMany(each => Signature(each).Select(part => (Where: $"{type.Name}.{each.Name}", Type: part)))
                .Concat(type.GetInterfaces().Append(type.BaseType).OfType<Type>().Select(each => (Where: type.Name, Type: each)))
            from part in Parts(used.Type)
            where IsForeign(part)
            select $"{used.Where}: {part.FullName}",
            "types that C# users should not see")),
    ]);
}
