using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>What a model file holds beside description and weights for training to go on.</summary>
/// <param name="Config">Keras's compile_config.</param>
/// <param name="Variables">The optimizer's variables by Keras's names, in its order; none if it took no step.</param>
internal sealed record StoredTraining(JsonObject Config, IReadOnlyList<KeyValuePair<string, NDArray>> Variables)
{
    /// <summary>The key of Keras's config.json.</summary>
    public const string ConfigKey = "compile_config";

    /// <summary>The key of what only this library reads.</summary>
    public const string PositionKey = "deepgpu";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Optimizer = "optimizer";
    private const string OptimizerConfig = "optimizer_config";

    /// <summary>What decides the order of samples and the random numbers of the next steps: seed, epochs, steps.
    /// Null in a file of Keras.</summary>
    public JsonObject? Position { get; init; }

    /// <summary>Whether Keras 1 or 2 wrote it, which list the optimizer's variables in another order.</summary>
    public bool IsBeforeThree { get; init; }

    /// <summary>Puts it into Keras's config.json.</summary>
    public static string AddTo(string description, StoredTraining? training)
    {
        if (training is null) return description;
        var root = JsonNode.Parse(description)!.AsObject();
        root[ConfigKey] = training.Config.DeepClone();
        root[PositionKey] = training.Position?.DeepClone();
        return root.ToJsonString(Indented);
    }

    /// <summary>What a file holds of it; null if the model was not compiled.</summary>
    public static StoredTraining? Of(StoredDescription stored)
        => stored.TrainingConfig is { } text ? OfLegacy(text, stored) : OfKeras(stored);

    /// <summary>Reads it from Keras's config.json.</summary>
    private static StoredTraining? OfKeras(StoredDescription stored)
        => JsonNode.Parse(stored.Config) is JsonObject root && root[ConfigKey] is JsonObject { Count: > 0 } config
            ? new(config, stored.ReadOptimizer()) { Position = root[PositionKey] as JsonObject }
            : null;

    /// <summary>The training_config of a legacy file.</summary>
    public string ToLegacy()
    {
        var config = Config.DeepClone().AsObject();
        var optimizer = config[Optimizer];
        config.Remove(Optimizer);
        if (WithConfig(optimizer) is { } known)
            config[OptimizerConfig] = new JsonObject
            {
                ["class_name"] = known["class_name"]?.DeepClone(),
                ["config"] = known["config"]?.DeepClone()
            };
        config[PositionKey] = Position?.DeepClone();
        return config.ToJsonString();
    }

    /// <summary>An optimizer's object; of one given by name, as Keras allows, that of its defaults. Null for a name nobody knows.</summary>
    private static JsonObject? WithConfig(JsonNode? optimizer)
    {
        if (optimizer is JsonObject known) return known;
        try
        {
            return OptimizerJson.Write(OptimizerJson.Read(optimizer));
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    /// <summary>Reads the training_config of a legacy file.</summary>
    private static StoredTraining? OfLegacy(string text, StoredDescription stored)
    {
        if (KerasName.Parse(text) is not JsonObject root) return null;
        var config = KerasName.Without(root, OptimizerConfig, PositionKey);
        config[Optimizer] = root[OptimizerConfig]?.DeepClone();
        return new(config, stored.ReadOptimizer())
        {
            Position = root[PositionKey] as JsonObject,
            IsBeforeThree = stored.KerasVersion is not { Length: > 0 } version || version[0] is '1' or '2',
        };
    }
}
