using DeepGpu.Formats;

namespace DeepGpu.Tests.Weights;

/// <summary>Training of Keras 2 goes on where it stopped: the next step is that of Adam's formula from the stored averages.</summary>
/// <remarks>One Dense(1) without a bias on two features: kernel w, gradient of the mean squared error by hand.</remarks>
public sealed class KerasTwoStateTests : IDisposable
{
    private const double Rate = 0.1, BetaOne = 0.8, BetaTwo = 0.9, Epsilon = 1e-7;
    private const int Steps = 3;

    private static readonly double[] Kernel = [0.5, -1.5], Means = [0.2, -0.4], Squares = [0.3, 0.05];

    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-keras2-").FullName;

    /// <summary>How a version lists the variables: names, and whether the averages of a weight stand together.</summary>
    public static TheoryData<string, string, string[]> Layouts => new()
    {
        { "2.3.1", "training/Adam/iterations:0", ["training/Adam/a/kernel/m:0", "training/Adam/a/kernel/v:0"] },
        { "2.9.0", "Adam/iter:0", ["Adam/a/kernel/m:0", "Adam/a/kernel/v:0"] },
        { "2.12.0", "iteration:0", ["Adam/m/a/kernel:0", "Adam/v/a/kernel:0"] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_next_step_is_that_of_the_stored_averages(string version, string counter, string[] names)
    {
        var path = Path.Combine(_folder, "m.h5");
        Write(path, version, [new(counter, NDArray.From<long>([Steps])), new(names[0], Array(Means, 2, 1)), new(names[1], Array(Squares, 2, 1))]);
        using var model = Model.Load(path, Device.Cpu);
        model.TrainOnBatch(Dataset.FromArrays(Array([1, 2], 1, 2), Array([3], 1, 1)));
        var error = Kernel[0] * 1 + Kernel[1] * 2 - 3;
        var after = model.Weights[0].ToArray().ToArray<float>();
        for (var i = 0; i < 2; i++)
        {
            var gradient = 2 * error * (i + 1);
            var mean = BetaOne * Means[i] + (1 - BetaOne) * gradient;
            var square = BetaTwo * Squares[i] + (1 - BetaTwo) * gradient * gradient;
            var rate = Rate * Math.Sqrt(1 - Math.Pow(BetaTwo, Steps + 1)) / (1 - Math.Pow(BetaOne, Steps + 1));
            ((double)after[i]).Should().BeApproximately(Kernel[i] - rate * mean / (Math.Sqrt(square) + Epsilon), 1e-6);
        }
    }

    /// <summary>Without the state training starts, with the loss and the rate of the file.</summary>
    [Fact]
    public void Without_averages_the_first_step_is_taken()
    {
        var path = Path.Combine(_folder, "m.h5");
        Write(path, "2.9.0", []);
        using var model = Model.Load(path, Device.Cpu);
        model.TrainOnBatch(Dataset.FromArrays(Array([1, 2], 1, 2), Array([3], 1, 1)));
        var after = model.Weights[0].ToArray().ToArray<float>();
        for (var i = 0; i < 2; i++) ((double)after[i]).Should().BeApproximately(Kernel[i] + Rate, 1e-5, "the first step of Adam is the rate");
    }

    /// <summary>Two weights: the averages weight by weight or kind by kind, told by the names and shapes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Averages_find_their_weights_in_either_order(bool areTogether)
    {
        var path = Path.Combine(_folder, "two.h5");
        NDArray[] of = [Array([1, 2], 2, 1), Array([3], 1), Array([4, 5], 2, 1), Array([6], 1)]; // means, then squares
        int[] order = areTogether ? [0, 2, 1, 3] : [0, 1, 2, 3];
        string[] names = areTogether
            ? ["Adam/m/a/kernel:0", "Adam/v/a/kernel:0", "Adam/m/a/bias:0", "Adam/v/a/bias:0"]
            : ["Adam/a/kernel/m:0", "Adam/a/bias/m:0", "Adam/a/kernel/v:0", "Adam/a/bias/v:0"];
        Write(path, "2.12.0", [new("iteration:0", NDArray.From<long>([7])), .. names.Zip(order, (name, i) => KeyValuePair.Create(name, of[i]))],
            bias: true);
        using var model = Model.Load(path, Device.Cpu);
        var again = Path.Combine(_folder, "again.keras");
        model.Save(again);
        using var archive = KerasArchive.Open(again);
        var file = (H5File)archive.Weights;
        var kept = KerasWeights.Read(file).Single(item => item.Path == "optimizer").Values.Select(file.Read).ToList();
        kept[0].ToArray<int>().ToArray().Should().Equal(7);
        kept.Skip(2).SelectMany(array => array.ToArray<float>().ToArray()).Should().Equal(1, 2, 4, 5, 3, 6);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Write(string path, string version, IReadOnlyList<KeyValuePair<string, NDArray>> optimizer, bool bias = false)
        => AtomicFile.Write(path, stream => KerasLegacy.Write(stream, new()
        {
            ModelConfig = $$"""
                {"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "a", "units": 1,
                "use_bias": {{(bias ? "true" : "false")}}, "activation": "linear", "batch_input_shape": [null, 2]} }]} }
                """,
            TrainingConfig = FormattableString.Invariant($$$"""
                {"loss": "mean_squared_error", "metrics": ["mae"], "weighted_metrics": null, "optimizer_config": {"class_name": "Adam",
                "config": {"name": "Adam", "learning_rate": {{{Rate}}}, "decay": 0.0, "beta_1": {{{BetaOne}}}, "beta_2": {{{BetaTwo}}},
                "epsilon": {{{Epsilon}}}, "amsgrad": false} } }
                """),
            KerasVersion = version,
            Backend = "tensorflow",
            Layers = [new("a", [new("a/kernel:0", Array(Kernel, 2, 1)), .. bias
                ? new KeyValuePair<string, NDArray>[] { new("a/bias:0", Array([0], 1)) } : []])],
            OptimizerWeights = [.. optimizer],
        }));

    private static NDArray Array(double[] values, params int[] shape) => NDArray.From<float>([.. values.Select(value => (float)value)], shape);
}
