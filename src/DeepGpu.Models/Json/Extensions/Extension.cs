using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DeepGpu.Models.Json;

/// <summary>What a registered class is.</summary>
internal enum ExtensionKind
{
    Layer,
    Initializer,
    Regularizer,
    Constraint,
    Optimizer,
    Schedule,
    Loss,
    Metric,
}

/// <summary>A class of a user's that files may name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ClassName">Its name in files.</param>
/// <param name="Package">What stands before the name where Keras registers classes.</param>
/// <param name="Defaults">An object whose options have their defaults.</param>
/// <param name="Json">Its reader and writer, as the user's context made it.</param>
/// <param name="Base">The options of the library's own classes of the kind: names in snake case, converters.</param>
internal sealed record Extension(
    ExtensionKind Kind,
    string ClassName,
    string Package,
    object Defaults,
    JsonTypeInfo Json,
    JsonSerializerOptions Base)
{
    /// <summary>How the engine runs it, a delegate of the kind; null where it is only described.</summary>
    public Delegate? Run { get; init; }

    /// <summary>Its .NET type.</summary>
    public Type Type => Json.Type;

    /// <summary>The name as Keras registers classes, e.g. "Custom>Scale".</summary>
    public string RegisteredName => $"{Package}>{ClassName}";

    /// <summary>Whether a file means this class: by its name alone, or with the package.</summary>
    public bool Answers(ExtensionKind kind, string className, string? package)
        => Kind == kind && ClassName == className && (package is null || package == Package);
}

/// <summary>A converter of values that may be of a user's class.</summary>
internal interface IExtendedConverter
{
    /// <summary>The same converter that knows some extensions.</summary>
    System.Text.Json.Serialization.JsonConverter With(Extensions extensions);
}
