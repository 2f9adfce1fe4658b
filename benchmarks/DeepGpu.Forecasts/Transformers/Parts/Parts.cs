namespace DeepGpu.Forecasts.Transformers;

/// <summary>The parts of the forecasts of transformers that are fitted by themselves.</summary>
internal static class Parts
{
    /// <summary>All of them.</summary>
    /// <param name="folder">The folder of measured tables.</param>
    public static IReadOnlyList<IMeasuredPart> Of(string folder)
    {
        string Table(string name) => Path.Combine(folder, "transformers", name + ".csv");
        return [MemoryPart.Of(Table("transformer_memory")), TrainingPart.Of(Table("transformer_training")),
            EncoderPart.Of(Table("transformer_inference")), VisionPart.Of(Table("vit_cnn_timm")),
            DiffusionPart.Of(Table("diffusion"))];
    }
}
