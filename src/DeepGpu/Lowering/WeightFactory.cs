using DeepGpu.Models;
using DeepGpu.Models.Json;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Makes the weights and constants of a live model and owns them.</summary>
/// <param name="device">Where they lie.</param>
/// <param name="random">Draws the weights' first values; null leaves them to be loaded.</param>
/// <param name="extensions">The classes beside the library's.</param>
/// <param name="loaded">What the names of weights start with that are loaded, not drawn; null for none.</param>
/// <param name="use">Decides which calls use the model at the same time; null where there is none.</param>
internal sealed class WeightFactory(
    torch.Device device,
    torch.Generator? random,
    Extensions extensions,
    IReadOnlyList<string>? loaded = null,
    ModelUse? use = null) : IDisposable
{
    private readonly IReadOnlyList<string> _loaded = loaded ?? [];
    private readonly List<LiveWeight> _weights = [];
    private readonly List<torch.Tensor> _constants = [];

    public Extensions Extensions => extensions;

    public bool IsOnCpu => device.type == TorchSharp.DeviceType.CPU;

    /// <summary>Draws the weights' first values; null leaves them to be loaded.</summary>
    public torch.Generator? Random { get; set; } = random;

    public LiveWeight Make(string name, WeightSpec spec, WeightLayout layout, bool isTrainable, PrecisionPolicy policy)
    {
        var type = spec.KeptType(policy);
        extensions.Demand(ExtensionKind.Initializer, spec.Initializer, $"'{name}'");
        extensions.Demand(ExtensionKind.Regularizer, spec.Regularizer, $"'{name}'");
        extensions.Demand(ExtensionKind.Constraint, spec.Constraint, $"'{name}'");
        if (_weights.Find(weight => weight.Name == name) is { } made)
        {
            if (made.Tensor.dtype == type && made.Spec.Shape.SequenceEqual(spec.Shape)) return Again(made, spec, isTrainable);
            _weights.Remove(made);
            made.Dispose();
        }

        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var initial = Random is null || _loaded.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            ? layout.Empty(spec.Shape, type, device)
            : layout.ToTorch(InitialValues.Sample(spec.Initializer, spec.Shape, Random, extensions).to(type).to(device));
        var weight = new LiveWeight(name, spec, initial, layout, isTrainable && spec.Trainable,
            spec.ElementType is null ? policy.ComputeType() : type, use)
        { Extensions = extensions };
        _weights.Add(weight);
        return weight;
    }

    /// <summary>Frees the constants: the layers are about to be made again, with the same weights.</summary>
    public void Restart()
    {
        foreach (var constant in _constants) constant.Dispose();
        _constants.Clear();
    }

    /// <summary>Frees weights that no layer has any more.</summary>
    public void Keep(IReadOnlyCollection<LiveWeight> weights)
    {
        foreach (var weight in _weights.Except(weights)) weight.Free();
        _weights.RemoveAll(weight => !weights.Contains(weight));
    }

    private static LiveWeight Again(LiveWeight weight, WeightSpec spec, bool isTrainable)
    {
        weight.Spec = spec;
        weight.SetTrainable(isTrainable && spec.Trainable);
        return weight;
    }

    /// <summary>Every weight, in the order of the layers and of each layer's description.</summary>
    public IReadOnlyList<LiveWeight> InOrder(ModelSpec spec)
    {
        var made = _weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
        return [.. spec.Layers.SelectMany(node => node.Weights.Select(weight => $"{node.Name}/{weight.Name}"))
            .Select(name => made.TryGetValue(name, out var weight) ? weight : throw NotAsked(name))];
    }

    private static DeepGpuException NotAsked(string name) => new(new Fault(
        "no_weight",
        "A live layer must ask its context for every weight that its record lists,",
        $"but nobody asked for '{name}'.",
        "Call context.Weight in the layer's constructor, or leave the weight out of Layer.Weights."));

    public torch.Tensor Constant(torch.Tensor value, torch.ScalarType type)
    {
        var constant = value.to(type).to(device).DetachFromDisposeScope();
        _constants.Add(constant);
        return constant;
    }

    public void Dispose()
    {
        foreach (var weight in _weights) weight.Free();
        foreach (var constant in _constants) constant.Dispose();
    }
}

/// <summary>Precision policies as torch's formats.</summary>
internal static class Precisions
{
    /// <summary>The format a layer computes in.</summary>
    public static torch.ScalarType ComputeType(this PrecisionPolicy policy) => policy switch
    {
        PrecisionPolicy.Float16 or PrecisionPolicy.MixedFloat16 => torch.ScalarType.Float16,
        PrecisionPolicy.BFloat16 or PrecisionPolicy.MixedBFloat16 => torch.ScalarType.BFloat16,
        PrecisionPolicy.Float64 => torch.ScalarType.Float64,
        _ => torch.ScalarType.Float32,
    };

    /// <summary>The bytes of a number of a format that layers compute or keep weights in.</summary>
    public static int Bytes(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float64 => 8,
        torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int8 or torch.ScalarType.Byte => 1,
        _ => 4,
    };

    /// <summary>The format a weight is kept in: its own where it has one, as whole numbers have.</summary>
    public static torch.ScalarType KeptType(this WeightSpec spec, PrecisionPolicy policy)
        => spec.ElementType is { } own ? Tensors.ScalarTypeOf(own) : policy.KeptType();

    /// <summary>The format weights are kept in.</summary>
    public static torch.ScalarType KeptType(this PrecisionPolicy policy)
        => policy is PrecisionPolicy.MixedFloat16 or PrecisionPolicy.MixedBFloat16 ? torch.ScalarType.Float32 : policy.ComputeType();
}
