using DeepGpu.Models.Graphs;

namespace DeepGpu.Models.Onnx;

/// <summary>What a description that consists of a graph's nodes came from.</summary>
/// <param name="program">The graph.</param>
/// <param name="obstacles">What stands in the way of running it.</param>
internal sealed class OnnxOrigin(OnnxProgram program, IReadOnlyList<string> obstacles) : ModelOrigin
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Obstacles => obstacles;

    /// <inheritdoc/>
    public override int? FixedBatch => (int?)program.FixedBatch;

    /// <inheritdoc/>
    public override ModelSpec WithInputShapes(string name, IReadOnlyList<Shape> shapes)
        => OnnxDescription.Of(name, OnnxProgram.With(program.Graph, shapes), obstacles);
}
