namespace DeepGpu.Models.HuggingFace;

/// <summary>Functions by the names that config.json has for them.</summary>
internal static class HuggingFaceActivations
{
    private static readonly Dictionary<string, Activation> Plain = new(StringComparer.Ordinal)
    {
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["gelu"] = Activation.Gelu,
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["mish"] = Activation.Mish,
        ["linear"] = Activation.Linear,
    };

    private static readonly string[] Approximate = ["gelu_pytorch_tanh", "gelu_new", "gelu_fast", "gelu_accurate"];

    /// <summary>The function as a layer of its own.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="function">Its name in the file.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="config">The file.</param>
    /// <exception cref="ModelFormatException">The function is not known.</exception>
    public static SymbolicTensor Apply(SymbolicTensor x, string function, string name, ConfigReader config)
        => Approximate.Contains(function)
            ? x.Apply(new TensorFunction("Gelu", ("x", FunctionArgument.Input(0)), ("approximate", true)) { Name = name })
            : x.Apply(new ActivationLayer(Of(function, config)) { Name = name });

    /// <summary>The function, where it is one of <see cref="Activation"/>.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public static Activation Of(string function, ConfigReader config) => Plain.TryGetValue(function, out var activation) ? activation
        : throw new ModelFormatException(new("config_value",
            $"The activation in a config.json of model_type '{config.Family}' must be a known one,",
            $"but is '{StrictJson.Printable(function)}'.", $"Known are {string.Join(", ", Plain.Keys.Concat(Approximate))}."),
            entry: "hidden_act");
}
