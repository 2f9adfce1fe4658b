using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DeepGpu.Models.Json;

namespace DeepGpu.Models;

/// <summary>The classes of your own that descriptions, model files and checkpoints may name beside those of this library. Immutable: each
/// call returns a new value.</summary>
/// <remarks>
/// Pass the same value wherever a description is read, written or made live: <c>ToModel</c>, <c>Model.Load</c>,
/// <see cref="ModelSpec.FromJson"/>, <see cref="ModelSpec.ToJson"/>. A live model keeps it for its files and checkpoints.
/// Nothing is looked up by reflection: what a file names is built only if it was registered here, and by the reader given here.
/// The methods of this class describe a class; those of the engine with the same names also say how it runs.
/// In files a class is called as Keras calls a registered one, "Custom>Scale"; the keys of its options are their names in snake case.
/// Keras: https://keras.io/api/saving/serialization_utils/
/// </remarks>
public sealed partial class Extensions
{
    private readonly ImmutableArray<Extension> _rows;
    private readonly string _package;

    private Extensions(ImmutableArray<Extension> rows, string package) => (_rows, _package) = (rows, package);

    /// <summary>No class beside those of this library.</summary>
    public static Extensions None { get; } = new([], "Custom");

    /// <summary>The same, with a package for the classes registered from here on. Default "Custom", as in Keras.</summary>
    /// <param name="package">The package under which Keras registers the class, so that it reads the file: letters, digits, '_', '.',
    /// '-'.</param>
    /// <exception cref="DeepGpuArgumentException">The name has other characters, or is that of this library or of Keras.</exception>
    public Extensions InPackage(string package)
        => ExtensionRules.IsPackage(package) ? new(_rows, package) : throw ExtensionRules.BadPackage(package);

    /// <summary>Adds a layer that can be described and forecast. The engine's method of this name also says how it runs.</summary>
    /// <param name="defaults">A layer whose options have their defaults: what a file leaves out.</param>
    /// <param name="json">Reads and writes its options, from your own <c>JsonSerializerContext</c>.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, by this library or an extension, or the class cannot be
    /// written.</exception>
    public Extensions WithLayer<TLayer>(TLayer defaults, JsonTypeInfo<TLayer> json)
        where TLayer : Layer => With(ExtensionKind.Layer, defaults, json, defaults?.ClassName, ModelJsonContext.Default.Options);

    /// <summary>Adds an initializer of weights that can be described.</summary>
    /// <param name="defaults">An initializer whose options have their defaults.</param>
    /// <param name="json">Reads and writes its options.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <exception cref="DeepGpuArgumentException">The name is taken, or the class cannot be written.</exception>
    public Extensions WithInitializer<T>(T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Initializer => With(ExtensionKind.Initializer, defaults, json, className, ModelJsonContext.Default.Options);

    /// <summary>Adds a regularizer that can be described.</summary>
    /// <inheritdoc cref="WithInitializer{T}(T, JsonTypeInfo{T}, string)"/>
    public Extensions WithRegularizer<T>(T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Regularizer => With(ExtensionKind.Regularizer, defaults, json, className, ModelJsonContext.Default.Options);

    /// <summary>Adds a constraint that can be described.</summary>
    /// <inheritdoc cref="WithInitializer{T}(T, JsonTypeInfo{T}, string)"/>
    public Extensions WithConstraint<T>(T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Constraint => With(ExtensionKind.Constraint, defaults, json, className, ModelJsonContext.Default.Options);

    /// <summary>Adds an optimizer that can be described.</summary>
    /// <inheritdoc cref="WithInitializer{T}(T, JsonTypeInfo{T}, string)"/>
    public Extensions WithOptimizer<T>(T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : Optimizer => With(ExtensionKind.Optimizer, defaults, json, className, OptimizerJsonContext.Default.Options);

    /// <summary>Adds a schedule of the learning rate; <see cref="LearningRateSchedule.At"/> is all that it needs to run.</summary>
    /// <inheritdoc cref="WithInitializer{T}(T, JsonTypeInfo{T}, string)"/>
    public Extensions WithSchedule<T>(T defaults, JsonTypeInfo<T> json, string? className = null)
        where T : LearningRateSchedule => With(ExtensionKind.Schedule, defaults, json, className, OptimizerJsonContext.Default.Options);

    /// <summary>The registered names, e.g. "Custom>Scale".</summary>
    public override string ToString() => _rows.IsEmpty ? "none" : string.Join(", ", _rows.Select(row => row.RegisteredName));

    /// <summary>Adds a class of any kind.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="defaults">An object whose options have their defaults.</param>
    /// <param name="json">Its reader and writer.</param>
    /// <param name="className">Its name in files; null for that of the type.</param>
    /// <param name="options">The options of the library's own classes of the kind.</param>
    /// <param name="run">How the engine runs it; null where it is only described.</param>
    /// <param name="isTaken">Whether the engine has a class of the name; null for kinds that this project knows.</param>
    internal Extensions With(
        ExtensionKind kind,
        object defaults,
        JsonTypeInfo json,
        string? className,
        JsonSerializerOptions options,
        Delegate? run = null,
        Func<string, bool>? isTaken = null)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        ArgumentNullException.ThrowIfNull(json);
        var row = new Extension(kind, className ?? defaults.GetType().Name, _package, defaults, json, options) { Run = run };
        ExtensionRules.Check(row, _rows, isTaken ?? (name => ExtensionRules.IsBuiltIn(kind, name)));
        return new(_rows.Add(row), _package);
    }
}
