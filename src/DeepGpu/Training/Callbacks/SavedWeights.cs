namespace DeepGpu.Training;

/// <summary>A model's weights set aside.</summary>
internal static class SavedWeights
{
    public static Dictionary<string, NDArray> Of(Model model)
        => model.Weights.ToDictionary(weight => weight.Name, weight => weight.ToArray(), StringComparer.Ordinal);

    public static void Restore(Model model, IReadOnlyDictionary<string, NDArray> values)
    {
        using var writing = model.Calls.Weights.Write();
        foreach (var weight in model.Weights) weight.Load(values[weight.Name]);
    }
}
