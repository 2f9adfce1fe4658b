using System.Collections.Immutable;
using DeepGpu.Formats;
using DeepGpu.Weights;

namespace DeepGpu;

/// <summary>What became of every weight of a model and every tensor of a file.</summary>
/// <param name="Loaded">The weights that take their values from the file, with the tensors' names.</param>
/// <param name="Missing">The weights for which the file has no tensor.</param>
/// <param name="Unfit">The weights whose tensor has another shape, or no floating-point values.</param>
/// <param name="Unused">The tensors that no weight takes.</param>
/// <param name="Ignored">Tensors that are no weights of layers: counters, optimizer state, seeds.</param>
public sealed record WeightReport(
    ImmutableArray<LoadedWeight> Loaded,
    ImmutableArray<MissingWeight> Missing,
    ImmutableArray<UnfitWeight> Unfit,
    ImmutableArray<TensorEntry> Unused,
    ImmutableArray<TensorEntry> Ignored)
{
    /// <summary>Whether every weight has its tensor and every tensor its weight.</summary>
    public bool IsComplete => Missing.IsEmpty && Unfit.IsEmpty && Unused.IsEmpty;

    /// <summary>Every name and shape that found no partner, a line each, after a line of counts.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Faults(unused: true).Select(PrintableText.Of).Prepend(
        $"{Loaded.Length} weights loaded, {Missing.Length} missing, {Unfit.Length} of another shape or type, {Unused.Length} tensors not "
            + $"used, {Ignored.Length} ignored"));

    /// <summary>The faults as lines.</summary>
    internal IEnumerable<string> Faults(bool unused) =>
    [
        .. Missing.Select(weight => $"missing: {weight.Weight} ({string.Join(", ", weight.Shape)})"),
        .. Unfit.Select(weight => $"unfit: {weight.Weight} needs ({string.Join(", ", weight.Shape)}), '{weight.Tensor.Name}' is "
            + $"{weight.Tensor.Type} ({string.Join(", ", weight.Tensor.Shape)})"),
        .. unused ? Unused.Select(tensor => $"not used: {tensor.Name} ({string.Join(", ", tensor.Shape)})") : [],
    ];
}

/// <summary>A weight and the tensors of the file it takes its values from; torch's LSTM bias is the sum of two.</summary>
/// <param name="Weight">The weight's name, e.g. "conv2d/kernel".</param>
/// <param name="Tensors">The tensors' names in the file.</param>
public sealed record LoadedWeight(string Weight, ImmutableArray<string> Tensors);

/// <summary>A weight for which there is no tensor.</summary>
/// <param name="Weight">The weight's name.</param>
/// <param name="Shape">The shape it needs, in Keras's layout.</param>
public sealed record MissingWeight(string Weight, ImmutableArray<int> Shape);

/// <summary>A weight whose tensor cannot become it.</summary>
/// <param name="Weight">The weight's name.</param>
/// <param name="Shape">The shape it needs, in the layout the file is written in.</param>
/// <param name="Tensor">What the file has.</param>
public sealed record UnfitWeight(string Weight, ImmutableArray<int> Shape, TensorEntry Tensor);

/// <summary>A weight file and a model do not belong together. Nothing was loaded.</summary>
public sealed class WeightMismatchException : ModelFormatException
{
    private const int Listed = 20;

    internal WeightMismatchException(WeightReport report, bool unused, string? file)
        : base(Describe(report, unused), file) => Report = report;

    /// <summary>Every name and shape that found no partner.</summary>
    public WeightReport Report { get; }

    private static Fault Describe(WeightReport report, bool unused)
    {
        var faults = report.Faults(unused).ToList();
        var listed = string.Join("; ", faults.Take(Listed))
            + (faults.Count > Listed ? $"; and {faults.Count - Listed} more, see Report" : "");
        var code = !report.Unfit.IsEmpty ? CodeOf(report.Unfit[0])
            : !report.Missing.IsEmpty ? "weight_missing"
            : report.Loaded.IsEmpty ? "no_weight_fits"
            : "unexpected_weight";
        return new(
            code,
            unused
                ? "Every weight of the model needs a tensor of the file, and every tensor a weight,"
                : "Every weight of the model needs a tensor of the file,",
            $"but {(faults.Count == 0 ? "none fits" : listed)}.",
            "Use a file that was made for this model, name what differs with WeightMap.Rename, or load with "
                + "WeightLoading.AllowUnused or Lenient.");
    }

    private static string CodeOf(UnfitWeight weight) => WeightSource.IsFloatingPoint(weight.Tensor) ? "shape_mismatch" : "wrong_dtype";
}
