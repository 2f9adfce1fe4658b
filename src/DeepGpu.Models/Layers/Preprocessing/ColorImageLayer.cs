using System.Collections.Immutable;
using DeepGpu.Models.Layers;
using DeepGpu.Models.Values;

namespace DeepGpu.Models;

/// <summary>What layers that change the values of pixels have in common: the range the values lie in.</summary>
public abstract record ColorImageLayer : ImageLayer
{
    private readonly ValueList<double> _valueRange = new([0, 255]);

    private protected ColorImageLayer()
    {
    }

    /// <summary>The least and largest value a pixel may have, [least, largest].
    /// Default [0, 255]: set [0, 1] after a Rescaling to that.</summary>
    public ImmutableArray<double> ValueRange
    {
        get => _valueRange.Elements!.Value;
        init => _valueRange = new(ImageValues.Checked(value, ClassName));
    }

    /// <inheritdoc/>
    protected internal override bool ActsInTrainingOnly => true;
}
