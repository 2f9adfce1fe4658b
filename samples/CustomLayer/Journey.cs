using DeepGpu;
using DeepGpu.Hardware;
using DeepGpu.Models;

namespace CustomLayer;

/// <summary>A custom layer and a custom optimizer through everything the library does with a layer.</summary>
public static class Journey
{
    public static ModelSpec Spec { get; } = Sequential.Input(10)
        .Apply(new Maxout(8) { Pieces = 3 })
        .Dense(1, Activation.Sigmoid)
        .Build("maxout_network");

    /// <summary>The description as a text, and back.</summary>
    public static ModelSpec ThroughText() => ModelSpec.FromJson(Spec.ToJson(Own.Extensions), extensions: Own.Extensions);

    /// <summary>What a training step needs of a card that nobody needs to own.</summary>
    public static GpuForecast Forecast()
        => GpuForecaster.Default.Forecast(Spec.Training(batchSize: 64), GpuCatalog.Default.Find("GeForce RTX 4090"));

    /// <summary>A compiled model.</summary>
    public static Model Compiled(int seed = 1)
    {
        var model = Spec.ToModel(Device.Cpu, seed, extensions: Own.Extensions);
        model.Compile(new SignMomentum { LearningRate = 0.003, Momentum = 0.8 }, Loss.BinaryCrossentropy(), Metric.BinaryAccuracy());
        return model;
    }

    /// <summary>Trains, saving on the way; called again after an interruption it continues where it was.</summary>
    public static History Train(Model model, string folder, int epochs, Callback? other = null)
    {
        var backup = new BackupAndRestore(Path.Combine(folder, "backup"));
        List<Callback> callbacks = [new CountingCallback(), backup];
        if (other is not null) callbacks.Add(other);
        return model.Fit(Samples(), epochs, callbacks: callbacks);
    }

    /// <summary>Saved, loaded with its optimizer, and copied into a second model.</summary>
    public static (Model Loaded, Model Copied) ThroughFile(Model model, string path)
    {
        model.Save(path);
        var loaded = Model.Load(path, Device.Cpu, Own.Extensions);
        var copied = Spec.ToModel(Device.Cpu, seed: 2, extensions: Own.Extensions);
        copied.CopyWeights(loaded);
        return (loaded, copied);
    }

    /// <summary>Points of 10 coordinates; 1 where the largest of the first five is above the largest of the others.</summary>
    public static Dataset Samples(int count = 320)
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, count * 10).Select(_ => random.NextSingle())];
        float[] targets = [.. values.Chunk(10).Select(point => point[..5].Max() > point[5..].Max() ? 1f : 0f)];
        return Dataset.FromArrays(NDArray.From<float>(values, count, 10), NDArray.From<float>(targets, count, 1));
    }
}
