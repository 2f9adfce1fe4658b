using DeepGpu.Models.Json;

namespace DeepGpu.Models;

/// <content>The description as text.</content>
public abstract partial record Optimizer
{
    /// <summary>The description as JSON, in the form Keras 3 writes optimizers: class name and config.</summary>
    /// <param name="extensions">The classes of your own that it may be or have; null for none.</param>
    /// <exception cref="ModelFormatException">The optimizer or its schedule is neither this library's nor one of the
    /// extensions.</exception>
    public string ToJson(Extensions? extensions = null)
        => OptimizerJson.Write(this, extensions ?? Extensions.None).ToJsonString(OptimizerJson.Indented);

    /// <summary>Reads an optimizer from JSON: an object of Keras 3 or 2, or a name such as "adam" in quotes.</summary>
    /// <param name="json">The text.</param>
    /// <param name="extensions">The classes of your own that it may name; null for none.</param>
    /// <exception cref="ModelFormatException">The text is no JSON, names a class that neither this library nor an extension has,
    /// or an option it does not allow.</exception>
    public static Optimizer FromJson(string json, Extensions? extensions = null)
        => OptimizerJson.Read(json, extensions ?? Extensions.None);
}
