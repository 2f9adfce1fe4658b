using DeepGpu.Models.Layers;

namespace DeepGpu.Models.Graphs;

/// <summary>One application of a layer. The same layer object in two calls shares its weights.</summary>
internal sealed class LayerCall
{
    private static long _made;

    public LayerCall(Layer layer, IReadOnlyList<SymbolicTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(layer);
        (Layer, Inputs) = (layer, inputs);
        if (inputs.Any(input => input.Shape is null)) return;
        try
        {
            var shapes = layer.OutputShapes([.. inputs.Select(input => input.Shape!)]);
            LayerChecks.CheckActivity(layer, shapes);
            if (shapes.Count != layer.OutputCount) throw WrongCount(layer, shapes.Count);
            Shapes = shapes;
        }
        catch (ShapeException misfit)
        {
            Misfit = misfit;
        }
        catch (OverflowException)
        {
            Misfit = TooLarge();
        }
    }

    public Layer Layer { get; }

    public IReadOnlyList<SymbolicTensor> Inputs { get; }

    /// <summary>A mask given for this call, in place of the one that comes with the input.</summary>
    public SymbolicTensor? Mask { get; init; }

    /// <summary>Whether the mask that comes with the input is left out of this call.</summary>
    public bool DropsMask { get; init; }

    /// <summary>Grows from call to call: names are chosen and the calls of a shared layer are numbered in this
    /// order, as in Keras.</summary>
    public long Sequence { get; init; } = Interlocked.Increment(ref _made);

    /// <summary>The outputs' shapes; null where the layer cannot take its inputs, or one of them has no shape.</summary>
    public IReadOnlyList<Shape>? Shapes { get; }

    /// <summary>Why the layer cannot take its inputs; null where it can, or where an input has no shape.</summary>
    public ShapeException? Misfit { get; }

    /// <summary>Everything the call waits for.</summary>
    public IEnumerable<SymbolicTensor> Sources => Mask is null ? Inputs : Inputs.Append(Mask);

    public SymbolicTensor Output(int index) => new(this, index);

    private static DeepGpuArgumentException WrongCount(Layer layer, int shapes) => new(
        new(
            "output_count",
            "A layer has as many output shapes as its OutputCount says,",
            $"but {layer.GetType().Name} says {layer.OutputCount} and has {shapes}.",
            "Override Layer.OutputCount."),
        parameterName: null);

    /// <summary>What a layer needs whose lengths multiply to a number no machine can hold.</summary>
    public static ShapeException TooLarge()
        => new("fewer elements: their number is beyond what a tensor can hold", "Make the layers before it smaller.");
}
