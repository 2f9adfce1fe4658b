using DeepGpu.Models.Json;

namespace DeepGpu.Models;

/// <content>The description as text.</content>
public sealed partial class ModelSpec
{
    /// <summary>The description as JSON, in the form Keras 3 gives its models.</summary>
    /// <param name="extensions">The classes of your own that it may have; null for none.</param>
    /// <exception cref="ModelFormatException">Models are nested so deep that no reader would take the description back, or a class is
    /// neither this library's nor one of the extensions.</exception>
    public string ToJson(Extensions? extensions = null) => ModelJson.Write(this, extensions ?? Extensions.None);

    /// <summary>Reads a description written by <see cref="ToJson"/> or by Keras (2 or 3; Sequential, Functional, nested).</summary>
    /// <param name="json">The text.</param>
    /// <param name="inputShape">The first input's shape, the batch first, in place of the one in the description; null keeps that.</param>
    /// <param name="extensions">The classes of your own that it may name; null for none.</param>
    /// <exception cref="ModelFormatException">The text is not such a description, or names a class or option that neither this
    /// library nor an extension has.</exception>
    public static ModelSpec FromJson(string json, Shape? inputShape = null, Extensions? extensions = null)
        => ModelJson.Read(json, inputShape, extensions ?? Extensions.None);
}
