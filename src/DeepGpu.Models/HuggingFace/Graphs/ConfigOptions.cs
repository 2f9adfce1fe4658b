namespace DeepGpu.Models.HuggingFace;

/// <summary>Options of a config.json that only a live model needs.</summary>
internal static class ConfigOptions
{
    private static readonly Dictionary<string, Activation> Functions = new(StringComparer.Ordinal)
    {
        ["gelu"] = Activation.Gelu,
        ["gelu_python"] = Activation.Gelu,
        ["gelu_new"] = Activation.GeluApproximate,
        ["gelu_fast"] = Activation.GeluApproximate,
        ["gelu_pytorch_tanh"] = Activation.GeluApproximate,
        ["gelu_accurate"] = Activation.GeluApproximate,
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["mish"] = Activation.Mish,
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["linear"] = Activation.Linear,
    };

    /// <summary>The activation function of a key.</summary>
    /// <exception cref="ModelFormatException">It is one this library does not compute.</exception>
    public static Activation Function(this ConfigReader c, string name, string otherwise)
        => Function(c, name, c.Text(name) ?? otherwise, c.Text(name) ?? otherwise);

    /// <summary>The activation function of a name that a key holds.</summary>
    /// <exception cref="ModelFormatException">It is one this library does not compute.</exception>
    public static Activation Function(this ConfigReader c, string key, string value, string function)
        => Functions.TryGetValue(function, out var known) ? known
            : throw NotLive(c, key, $"one of {string.Join(", ", Functions.Keys)}", value);

    /// <summary>The classes of a classifier.</summary>
    public static int Classes(this ConfigReader c, int otherwise)
        => c.Members("id2label") ?? c.Optional("num_labels", "num_classes") ?? otherwise;

    /// <summary>Demands a value without which a live model would compute something else.</summary>
    /// <exception cref="ModelFormatException">The file has another one.</exception>
    public static void Demand(this ConfigReader c, string name, bool value)
    {
        if (c.Flag(name, value) != value) throw NotLive(c, name, value ? "true" : "false", value ? "false" : "true");
    }

    /// <summary>A value that can be counted, but not made live.</summary>
    public static ModelFormatException NotLive(ConfigReader c, string name, string needed, string received) => new(new(
        "config_not_live", $"To become a model, a config.json of model_type '{c.Family}' must have '{name}' as {needed},",
        $"but has {StrictJson.Printable(received)}.", "Count and forecast it with HuggingFaceConfig.Read, which needs no such value."),
        entry: name);
}
