using System.Collections.Immutable;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>How the tensors of a weight file find the weights of a model. Immutable; each call returns a new map.</summary>
/// <remarks>Names are compared as paths of modules: torch's "layer1.0.conv1.weight" belongs to the layer "layer1.0.conv1",
/// Keras's "conv2d/kernel" to "conv2d".
/// What wraps a whole state dict ("state_dict", "model", "module.") is taken off first, then come the renames, in their order.</remarks>
/// <example><code>
/// WeightMap map = WeightMap.Default.Rename("backbone", "features").Rename("head.fc", "classifier.6");
/// model.LoadWeights("trained.pth", map);
/// </code></example>
public sealed record WeightMap
{
    private readonly ValueList<WeightRename> _renames = new([]);

    /// <summary>By name; where that leaves something over, and file and model have equally many layers with weights that fit
    /// in order, by order.</summary>
    public static WeightMap Default { get; } = new();

    /// <summary>The n-th layer with weights in the file is the n-th of the model, whatever their names.</summary>
    public static WeightMap ByOrder { get; } = new() { Matching = WeightMatching.ByOrder };

    /// <summary>Only layers of the same name belong together.</summary>
    public static WeightMap ByName { get; } = new() { Matching = WeightMatching.ByName };

    /// <summary>timm's names of torchvision's networks: its VGG calls the classifier "pre_logits.fc1", "pre_logits.fc2" and "head.fc";
    /// ResNet, ResNeXt and wide ResNet are called the same.</summary>
    /// <remarks>https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/vgg.py</remarks>
    public static WeightMap Timm { get; } = ByName.Rename("pre_logits.fc1", "classifier.0").Rename("pre_logits.fc2", "classifier.3")
        .Rename("head.fc", "classifier.6");

    /// <summary>Whether names or positions decide. Default <see cref="WeightMatching.Automatic"/>.</summary>
    public WeightMatching Matching { get; init; }

    /// <summary>The layer, a model inside the model, that the file belongs to; null for the whole model. Default null.</summary>
    public string? Layer { get; init; }

    /// <summary>The renames, applied one after another.</summary>
    public ImmutableArray<WeightRename> Renames
    {
        get => _renames.Elements!.Value;
        init => _renames = new(value);
    }

    /// <summary>Adds a rename of a module and all inside it, or of one tensor.</summary>
    /// <param name="from">The path in the file, e.g. "encoder.layer1" or "lstm.weight_ih_l1"; "" for every name.</param>
    /// <param name="to">The path in the model, e.g. "layer1"; "" for the model itself.</param>
    public WeightMap Rename(string from, string to) => this with { Renames = Renames.Add(new(from, to)) };

    /// <summary>The same for a model inside the model: only its weights are looked for.</summary>
    /// <param name="layer">The layer's name.</param>
    public WeightMap Inside(string layer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(layer);
        return this with { Layer = layer };
    }

    /// <summary>A name of the file as the renames leave it.</summary>
    public string Apply(string name) => Renames.Aggregate(name, (current, rename) => rename.Apply(current));
}

/// <summary>A module's path in a file and in the model.</summary>
/// <param name="From">The path in the file.</param>
/// <param name="To">The path in the model.</param>
public sealed record WeightRename(string From, string To)
{
    private const string Separators = "./";

    /// <summary>The name with the path replaced, if it is that path or inside it.</summary>
    public string Apply(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (From.Length == 0) return To.Length == 0 ? name : $"{To}.{name}";
        if (!name.StartsWith(From, StringComparison.Ordinal)) return name;
        if (name.Length == From.Length) return To;
        if (!Separators.Contains(name[From.Length], StringComparison.Ordinal)) return name;
        return To.Length == 0 ? name[(From.Length + 1)..] : To + name[From.Length..];
    }
}

/// <summary>What decides which tensor belongs to which weight.</summary>
public enum WeightMatching
{
    /// <summary>Names, or positions where names leave something over and every position fits.</summary>
    Automatic,

    /// <summary>Names alone.</summary>
    ByName,

    /// <summary>Positions alone.</summary>
    ByOrder,
}
