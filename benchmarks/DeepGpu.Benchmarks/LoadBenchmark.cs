using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DeepGpu.Formats;
using DeepGpu.Models;

namespace DeepGpu.Benchmarks;

/// <summary>VGG16 made live with the weights of a random file of full size, 553 MB, from a warm page cache.
/// The bar: below 2 s, and growth of memory below 1.2 times the file.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class LoadBenchmark
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"deepgpu-load-{Environment.ProcessId}.safetensors");
    private ModelSpec _spec = Vgg();

    /// <summary>Whose names and layout the file has.</summary>
    [Params("keras", "torch")]
    public string Layout { get; set; } = "keras";

    [GlobalSetup]
    public void Write()
    {
        TorchRuntime.Start();
        _spec = Layout == "torch" ? TorchVision.VGG16() : Vgg();
        using (var model = Layout == "torch" ? null : _spec.ToModel(Device.Cpu, seed: 1)) WriteFile(model);
        _spec = _spec.From(InitialWeights.File(_path));
    }

    [Benchmark]
    public long Load()
    {
        var (before, processor) = (AnonymousMemory(), Environment.CpuUsage.TotalTime);
        using var watch = new CancellationTokenSource();
        var peak = Task.Run(() => Peak(watch.Token));
        using var model = _spec.ToModel(Device.Cpu);
        processor = Environment.CpuUsage.TotalTime - processor;
        watch.Cancel();
        Console.WriteLine("// memory grew by "
            + $"{(Math.Max(peak.Result, AnonymousMemory()) - before) / (double)new FileInfo(_path).Length:f3} of the file at most; "
            + $"{processor.TotalSeconds:f2} s of processor time");
        return model.Weights.Count;
    }

    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    private static long Peak(CancellationToken stop)
    {
        var peak = 0L;
        while (!stop.IsCancellationRequested)
        {
            peak = Math.Max(peak, AnonymousMemory());
            Thread.Sleep(5);
        }

        return peak;
    }

    private static ModelSpec Vgg() => Applications.VGG16();

    private void WriteFile(Model? model)
    {
        if (model is not null) model.Save(_path);
        else AtomicFile.Write(_path, stream => SafetensorsWriter.Write(stream, [.. _spec.Layers.SelectMany(TorchTensors)]));
    }

    private static IEnumerable<KeyValuePair<string, NDArray>> TorchTensors(ModelNode layer) => layer.Weights.Select(weight =>
    {
        var shape = weight.Shape.Length switch
        {
            4 => [weight.Shape[3], weight.Shape[2], weight.Shape[0], weight.Shape[1]],
            2 => [weight.Shape[1], weight.Shape[0]],
            _ => weight.Shape.ToArray()
        };
        var values = new float[weight.Count];
        var random = new Random(1);
        for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        return KeyValuePair.Create($"{layer.Name}.{(weight.Name == "kernel" ? "weight" : weight.Name)}",
            NDArray.From<float>(values, shape));
    });

    private static long AnonymousMemory()
        => File.Exists("/proc/self/status")
            ? long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024
            : 0;
}
