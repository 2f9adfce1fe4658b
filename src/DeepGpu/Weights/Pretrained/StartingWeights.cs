using DeepGpu.Models;
using DeepGpu.Models.Onnx;

namespace DeepGpu.Weights;

/// <summary>The files that a description, and the models inside it, take their weights from.</summary>
/// <param name="parts">What the names of a part's weights start with, and where they come from.</param>
internal sealed class StartingWeights(IReadOnlyList<(string Prefix, InitialWeights Origin)> parts)
{
    /// <summary>The parts of a description that have files.</summary>
    public static StartingWeights Of(ModelSpec spec) => new([.. Parts(spec, "")]);

    /// <summary>Makes the model without drawing what is loaded, and loads it. Nothing is left if a file is refused.</summary>
    public Model Make(Func<IReadOnlyList<string>, Model> make)
    {
        var loads = parts.Select(part => Load(part.Prefix, part.Origin)).ToList();
        var model = make([.. parts.Select(part => part.Prefix)]);
        try
        {
            foreach (var load in loads) load(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static IEnumerable<(string Prefix, InitialWeights Origin)> Parts(ModelSpec spec, string prefix)
    {
        if (spec.Weights is { } origin) return [(prefix, origin)];
        return spec.Layers.Where(node => node.Layer is NestedModel)
            .SelectMany(node => Parts(((NestedModel)node.Layer).Model, $"{prefix}{node.Name}/"));
    }

    /// <summary>What loads the weights of a part; a published file is fetched at once.</summary>
    private static Action<Model> Load(string prefix, InitialWeights origin)
    {
        if (origin is OnnxWeights onnx) return model => model.FillWeights(onnx, prefix);
        var file = Fetched(origin);
        return model => model.FillWeights(file.Path, prefix.Length == 0 ? file.Map : file.Map.Inside(prefix[..^1]));
    }

    private static WeightsInFile Fetched(InitialWeights origin)
        => origin is WeightsPublished { Published: var published }
            ? new(PublishedFiles.Fetch(published), WeightMap.Default)
            : (WeightsInFile)origin;
}
