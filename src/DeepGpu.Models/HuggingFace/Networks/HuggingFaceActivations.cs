namespace DeepGpu.Models.HuggingFace;

/// <summary>Functions by the names that config.json has for them.</summary>
internal static class HuggingFaceActivations
{
    private static readonly Dictionary<string, Activation> Functions = new(StringComparer.Ordinal)
    {
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
        ["gelu"] = Activation.Gelu,
        ["gelu_python"] = Activation.Gelu,
        ["gelu_new"] = Activation.GeluApproximate,
        ["gelu_fast"] = Activation.GeluApproximate,
        ["gelu_accurate"] = Activation.GeluApproximate,
        ["gelu_pytorch_tanh"] = Activation.GeluApproximate,
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["tanh"] = Activation.Tanh,
        ["sigmoid"] = Activation.Sigmoid,
        ["mish"] = Activation.Mish,
        ["linear"] = Activation.Linear,
    };

    /// <summary>The function as a layer of its own.</summary>
    /// <param name="x">What it is applied to.</param>
    /// <param name="function">Its name in the file.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="config">The file.</param>
    /// <exception cref="ModelFormatException">The function is not known.</exception>
    public static SymbolicTensor Apply(SymbolicTensor x, string function, string name, ConfigReader config)
        => x.Apply(new ActivationLayer(Of(function, config)) { Name = name });

    /// <summary>The function of a name.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public static Activation Of(string function, ConfigReader config) => Functions.TryGetValue(function, out var activation) ? activation
        : throw new ModelFormatException(new("config_value",
            $"The activation in a config.json of model_type '{config.Family}' must be a known one,",
            $"but is '{StrictJson.Printable(function)}'.", $"Known are {string.Join(", ", Functions.Keys)}."),
            entry: "hidden_act");
}
