using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models.HuggingFace;

namespace DeepGpu.Models.Architectures;

/// <summary>A transformer of Hugging Face's hub: its name there, other names, and its config.json.</summary>
internal sealed class TransformerNetwork
{
    private const string Resource = "applications/transformers.json";

    private static readonly Lazy<FrozenDictionary<string, TransformerNetwork>> All = new(Read);

    private readonly string _name;
    private readonly string _config;

    private TransformerNetwork(string name, JsonElement entry)
    {
        (_name, _config) = (name, entry.GetProperty("config").GetRawText());
        Aliases = [.. entry.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!)];
    }

    /// <summary>Other names it goes by.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The network in numbers.</summary>
    public TransformerShape Shape => field ??= HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(_config), _name);

    private bool IsOfPictures => Shape.VocabularySize == 0;

    /// <summary>The network of a name.</summary>
    public static TransformerNetwork Of(string name) => All.Value[name];

    /// <summary>The model, as it was published but for the options.</summary>
    /// <exception cref="DeepGpuArgumentException">An option is none of a transformer's.</exception>
    public ModelSpec Build(ApplicationOptions? options)
    {
        options ??= new();
        Check(options);
        var config = JsonNode.Parse(_config)!.AsObject();
        if (options.Classes is { } classes) Classify(config, classes);
        if (options.InputShape is { } shape) (config["image_size"], config["num_channels"]) = (shape[0], shape[2]);
        return Graph(config).Model(_name, options.IncludeTop, options.ClassifierActivation ?? Activation.Linear).From(options.Weights);
    }

    private TransformerGraph Graph(JsonObject config) => HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(config.ToJsonString()), _name,
        (values, shape) => GraphTable.Rows[shape.ModelType](values, shape));

    private void Classify(JsonObject config, int classes)
    {
        config.Remove("id2label");
        config["num_labels"] = classes;
        if (!IsOfPictures) config["architectures"] = new JsonArray("ForSequenceClassification");
    }

    private void Check(ApplicationOptions options)
    {
        if (options.Pooling is { } pooling) throw Fault(nameof(options.Pooling), "null: a transformer has its own", pooling);
        if (options.Weights is ImageNetWeights)
            throw Fault(nameof(options.Weights), "a file: InitialWeights.File(\"model.safetensors\")", "ImageNet");
        if (options.Classes is { } classes && !IsOfPictures && (Shape.Kind != TransformerKind.Encoder || !options.IncludeTop))
            throw Fault(nameof(options.Classes), "null: it has no classifier", classes);
        if (options.InputShape is not { } shape) return;
        if (!IsOfPictures) throw Fault(nameof(options.InputShape), "null: a text has any length", string.Join(", ", shape));
        if (shape[0] is null or < 1 || shape[0] != shape[1] || shape[2] is null or < 1)
            throw Fault(nameof(options.InputShape), "a known height, the same width, and a number of channels", string.Join(", ", shape));
    }

    private DeepGpuArgumentException Fault(string name, string needed, object value) => Require.OutOfRange(_name, name, needed, value);

    private static FrozenDictionary<string, TransformerNetwork> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().Select(entry => new TransformerNetwork(entry.Name, entry.Value))
            .ToFrozenDictionary(network => network._name, StringComparer.Ordinal);
    }
}
