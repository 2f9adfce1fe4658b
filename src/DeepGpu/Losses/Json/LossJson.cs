using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Writes and reads losses as Keras does: the "loss" of a compile_config.</summary>
internal static class LossJson
{
    private const string Module = "keras.losses";

    /// <summary>The object around a loss's config; null for a delegate or a class that is not registered, which no file can
    /// hold.</summary>
    public static JsonNode? Write(Loss loss, Extensions extensions)
        => LossTypes.Of(loss) is { } type
            ? KerasType.Object(type.ClassName, Module, JsonSerializer.SerializeToNode(loss, type.Json)!.AsObject())
            : extensions.TypeOf(ExtensionKind.Loss, loss)?.Write(loss);

    /// <summary>Reads a loss from a name or from the object around its config.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Loss Read(JsonNode? node) => Read(node, Extensions.None);

    /// <summary>Reads a loss, which may be one of the extensions.</summary>
    /// <exception cref="ModelFormatException">The class is unknown, or an option has a value or name this
    /// library does not know.</exception>
    public static Loss Read(JsonNode? node, Extensions extensions)
    {
        if (extensions.Named(ExtensionKind.Loss, node) is { } own)
            return Read(extensions.Type(own), node!["config"] as JsonObject ?? throw LayerJson.Missing("config"));
        if (KerasName.Of(node) is not { } name) return Read(KerasType.Parts(node));
        return extensions.Type(ExtensionKind.Loss, name) is { } type ? Read(type, []) : Read(name, []);
    }

    /// <summary>A class with its options; what decides nothing here is left out.</summary>
    public static Loss Read(KerasType type, JsonObject config)
        => (Loss)type.Read(KerasName.Without(config, IsLeftToKeras(config["reduction"]) ? ["name", "dtype", "reduction"]
            : ["name", "dtype"]));

    /// <summary>Keras 2's "auto", which is the mean over the batch except under a distribution strategy.</summary>
    private static bool IsLeftToKeras(JsonNode? reduction) => reduction is JsonValue value && value.TryGetValue<string>(out var text)
        && text == "auto";

    private static Loss Read((string ClassName, JsonObject Config) parts) => Read(parts.ClassName, parts.Config);

    private static Loss Read(string name, JsonObject config)
        => Read(LossTypes.Find(name) ?? throw LayerJson.UnknownClass(name), config);
}
