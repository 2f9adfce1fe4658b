namespace DeepGpu.Models.HuggingFace;

/// <summary>Options of a config.json that only a graph needs.</summary>
internal static class ConfigOptions
{
    /// <summary>The activation function of a key.</summary>
    /// <exception cref="ModelFormatException">It is one this library does not compute.</exception>
    public static Activation Function(this ConfigReader c, string name, string otherwise)
        => HuggingFaceActivations.Of(c.Text(name) ?? otherwise, c);

    /// <summary>The classes of a classifier.</summary>
    public static int Classes(this ConfigReader c, int otherwise)
        => c.Members("id2label") ?? c.Optional("num_labels", "num_classes") ?? otherwise;

    /// <summary>Demands a value without which a model would compute something else.</summary>
    /// <exception cref="ModelFormatException">The file has another one.</exception>
    public static void Demand(this ConfigReader c, string name, bool value)
    {
        if (c.Flag(name, value) != value) throw c.NotDescribed(name, value ? "true" : "false");
    }
}
