namespace DeepGpu.Models.Graphs;

/// <summary>What a description was made from that this library can describe but not run.</summary>
internal abstract class ModelOrigin
{
    /// <summary>What stands in the way of running it, a line each.</summary>
    public abstract IReadOnlyList<string> Obstacles { get; }

    /// <summary>The only batch size its shapes hold for; null where they hold for any.</summary>
    public abstract int? FixedBatch { get; }

    /// <summary>The same network for other inputs.</summary>
    public abstract ModelSpec WithInputShapes(string name, IReadOnlyList<Shape> shapes);
}
