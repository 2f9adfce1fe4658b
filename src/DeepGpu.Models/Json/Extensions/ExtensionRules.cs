namespace DeepGpu.Models.Json;

/// <summary>What may be registered: classes of a user's, each under a name of its own.</summary>
internal static class ExtensionRules
{
    /// <summary>Names that stand for something else in descriptions.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Sequential", "Functional", "Model", "Lambda", "LossScaleOptimizer", "ConstantRate", "MeanMetricWrapper", "function",
    };

    private static readonly string[] Taken = ["keras", "tf_keras", "keras_core", "deepgpu", "builtins"];

    /// <summary>Whether a package may be called so.</summary>
    public static bool IsPackage(string? name)
        => !string.IsNullOrEmpty(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
        && !Taken.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);

    public static DeepGpuArgumentException BadPackage(string? name) => Require.OutOfRange(
        nameof(Extensions),
        nameof(Extensions.InPackage),
        "a package of letters, digits, '_', '.' or '-' that is not this library's or Keras's",
        name);

    /// <summary>Whether this project has a class of a kind and name.</summary>
    public static bool IsBuiltIn(ExtensionKind kind, string className) => kind switch
    {
        ExtensionKind.Layer => LayerTypes.Find(className) is not null,
        ExtensionKind.Initializer => WeightOptionTypes.Initializers.Find(KerasObjectConverter<Initializer>.Pascal(className)) is not null,
        ExtensionKind.Regularizer => WeightOptionTypes.Regularizers.Find(KerasObjectConverter<Regularizer>.Pascal(className)) is not null,
        ExtensionKind.Constraint => WeightOptionTypes.Constraints.Find(KerasObjectConverter<Constraint>.Pascal(className)) is not null,
        ExtensionKind.Optimizer => OptimizerTypes.Optimizer(className) is not null,
        _ => OptimizerTypes.Schedule(className) is not null,
    };

    /// <summary>Refuses a class that has no name of its own, or that cannot be read and written.</summary>
    /// <param name="row">The class.</param>
    /// <param name="others">What is registered already.</param>
    /// <param name="isBuiltIn">Whether the library has a class of a name.</param>
    public static void Check(Extension row, IReadOnlyList<Extension> others, Func<string, bool> isBuiltIn)
    {
        var (kind, name) = (row.Kind.ToString(), row.ClassName);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0])) throw BadName(row);
        if (row.Defaults.GetType() != row.Type) throw Refuse(
            "extension_type", $"{kind} '{name}' must be registered as the type it is,",
            $"but the defaults are a {row.Defaults.GetType().Name} and the reader one of {row.Type.Name}.", "Pass both of the same type.");
        if (row.Json.OriginatingResolver is null) throw Refuse(
            "extension_json", $"{kind} '{name}' must be read and written by a JsonSerializerContext or another resolver,",
            "but its JsonTypeInfo comes from none.", $"Pass YourContext.Default.{row.Type.Name}.");
        if (isBuiltIn(name) || Reserved.Contains(name) || IsOfLibrary(row)) throw Refuse(
            "extension_built_in", "An extension must have a name that this library does not use,",
            $"but {row.Type.FullName} is registered as {kind} '{name}'.", "Give the class another name.");
        if (others.FirstOrDefault(other => other.Kind == row.Kind && IsSame(other, row)) is { } same) throw Refuse(
            "extension_twice", "A class may be registered once, and each under a name of its own,",
            $"but {row.Type.FullName} and {same.Type.FullName} are both {kind} '{name}'.", "Give one another name, or leave it out.");
    }

    private static bool IsSame(Extension one, Extension other) => one.ClassName == other.ClassName || one.Type == other.Type;

    private static bool IsOfLibrary(Extension row)
        => row.Type.Assembly == typeof(Layer).Assembly || row.Base.TypeInfoResolver?.GetTypeInfo(row.Type, row.Base) is not null;

    private static DeepGpuArgumentException BadName(Extension row) => Refuse(
        "extension_name",
        "The name of a class must be letters, digits and '_', and begin with no digit,",
        $"but {row.Type.Name} is to be called '{PrintableText.Of(row.ClassName)}'.",
        "Pass a className of such characters.");

    private static DeepGpuArgumentException Refuse(string code, string rule, string received, string remedy)
        => new(new(code, rule, received, remedy), parameterName: null);
}
