using BenchmarkDotNet.Attributes;
using DeepGpu.Models;
using DeepGpu.Optimizers;
using TorchSharp;

namespace DeepGpu.Benchmarks;

/// <summary>A step of an optimizer over the weights of a network, beside TorchSharp's optimizer of the same kind.
/// The gradients stay the same.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class OptimizerStepBenchmark
{
    private readonly List<LiveWeight> _weights = [];
    private OptimizerStepper _ours = null!;
    private torch.optim.Optimizer _theirs = null!;

    /// <summary>The rule.</summary>
    [Params("Adam", "AdamW", "SGD", "Momentum", "RMSprop", "Adagrad")]
    public string Rule { get; set; } = "";

    /// <summary>The weights: the CNN of the README (10), 100 vectors of 64, 4 matrices of 1024 x 1024.</summary>
    [Params("CNN", "100 x 64", "4 x 1024 x 1024")]
    public string Shapes { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        TorchRuntime.Start();
        using var scope = torch.NewDisposeScope();
        _weights.AddRange(ShapesOf(Shapes).Select((shape, i) => new LiveWeight($"w{i}/kernel",
            new WeightSpec("kernel", [.. shape.Select(n => (int)n)], Initializer.Zeros), torch.randn(shape),
            WeightLayout.AsKeras, isTrainable: true)));
        _ours = OptimizerStepper.Create(Ours(Rule), _weights);
        var theirs = _weights.Select(weight => new TorchSharp.Modules.Parameter(weight.Tensor.detach().clone())).ToList();
        foreach (var tensor in theirs.Concat(_weights.Select(weight => weight.Tensor))) tensor.grad = torch.randn(tensor.shape) * 0.01;
        _theirs = Theirs(Rule, theirs);
        scope.Detach(theirs);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _ours.Dispose();
        _theirs.Dispose();
        foreach (var weight in _weights) weight.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void TorchSharpStep() => _theirs.step();

    [Benchmark]
    public bool DeepGpuStep() => _ours.Step();

    private static Optimizer Ours(string rule) => rule switch
    {
        "Adam" => Optimizer.Adam(),
        "AdamW" => Optimizer.AdamW(),
        "SGD" => Optimizer.Sgd(),
        "Momentum" => Optimizer.Sgd(momentum: 0.9),
        "RMSprop" => Optimizer.RMSprop(),
        _ => Optimizer.Adagrad(),
    };

    private static torch.optim.Optimizer Theirs(string rule, IEnumerable<TorchSharp.Modules.Parameter> weights) => rule switch
    {
        "Adam" => torch.optim.Adam(weights),
        "AdamW" => torch.optim.AdamW(weights),
        "SGD" => torch.optim.SGD(weights, 0.01),
        "Momentum" => torch.optim.SGD(weights, 0.01, momentum: 0.9),
        "RMSprop" => torch.optim.RMSProp(weights, 0.001),
        _ => torch.optim.Adagrad(weights, 0.001),
    };

    private static IEnumerable<long[]> ShapesOf(string name) => name switch
    {
        "CNN" => [[3, 3, 1, 32], [32], [3, 3, 32, 64], [64], [3, 3, 64, 64], [64], [576, 64], [64], [64, 10], [10]],
        "100 x 64" => Enumerable.Repeat(new long[] { 64 }, 100),
        _ => Enumerable.Repeat(new long[] { 1024, 1024 }, 4),
    };
}
