using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using DeepGpu.Models.Json;

namespace DeepGpu.Models.Tests.Layers;

/// <summary>The options of layers, found by reflection so that none can be forgotten.</summary>
internal static class LayerOptions
{
    /// <summary>One layer of each class that is written by itself; NotEqual's value is written with its call.</summary>
    public static IReadOnlyList<Layer> Samples { get; } = [
        .. LayerCases.All.Select(layerCase => layerCase.Layer is NotEqual ? new NotEqual() : layerCase.Layer)
            .Where(layer => layer is not NestedModel).Concat(LayerTypes.All.All.Select(type => (Layer)type.Sample))
            .DistinctBy(layer => layer.GetType())];

    /// <summary>Every option that a config holds.</summary>
    public static IEnumerable<PropertyInfo> Of(Layer layer) => layer.GetType().GetProperties()
        .Where(property => property.SetMethod is not null && property.Name != nameof(Layer.Name))
        .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null or { Condition: not JsonIgnoreCondition.Always });

    /// <summary>A copy with another value; null where the layer refuses it.</summary>
    public static Layer? With(Layer layer, PropertyInfo option, object? value)
    {
        var copy = layer with { };
        try
        {
            option.SetValue(copy, value);
            return copy;
        }
        catch (TargetInvocationException e) when (e.InnerException is DeepGpuArgumentException)
        {
            return null;
        }
    }

    /// <summary>Values of an option's type, of which one at least is not the default.</summary>
    public static IEnumerable<object> ValuesFor(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return [true, false];
        if (type == typeof(int)) return [3, 2, 1];
        if (type == typeof(long)) return [7L];
        if (type == typeof(double)) return [0.25, 0.5];
        if (type == typeof(string)) return ["b", "ab,bc->ac"];
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Reverse();
        return Structured.Where(type.IsInstanceOfType);
    }

    private static readonly object[] Structured =
    [
        new Extent(5), new Extent(3, 2), new Extent(3, 2, 4), new Margins((2, 3)), new Margins((2, 3), (1, 0)),
        new Margins((2, 3), (1, 0), (4, 5)), new Axes(1), new Axes(1, 2),
        new TruncatedNormal(0.1, 0.2) { Seed = 7 }, new L1L2(0.1, 0.2), new MinMaxNorm(0.1, 0.9, 0.5, new Axes(0, 1)),
        new RenormClipping(0.1, 3, 2), new Shape(null, 5, null),
        ImmutableArray.Create(1, 2), ImmutableArray.Create(2, 1), ImmutableArray.Create<int?>(null, 2), ImmutableArray.Create(0.5, 2),
        ImmutableArray.Create(5L, 7), new FactorRange(0.1, 0.25), new FactorRange(2, 5),
        ImmutableArray.Create<RecurrentCell>(new LSTMCell(3), new GRUCell(2)), ImmutableArray.Create(new LoraAdapter("query_dense", 2, 3)),
        new ConstantValue(NDArray.From<float>([1, 0.5f, -2, 0.25f, 3, 1e-9f], 3, 2)),
        new CategoryValue("nothing"), new CategoryValue(7), new HashSalt(3, 5),
        new SpectrumWindow(0.5, 1), new SpectrumWindow(WindowFunction.Blackmanharris),
        new GRU(3) { GoBackwards = true, Name = "backwards" }, new LSTMCell(5) { Name = "cell" }, new Dense(3) { Name = "inner" },
        new Int4Quantization { BlockSize = 32 }, new RotaryScaling(RotaryScalingKind.Yarn) { Factor = 4, BetaFast = 16 },
    ];
}
