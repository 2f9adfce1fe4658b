using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Tests.Training;

/// <summary>Muon against Keras's rule in double precision, over steps.</summary>
public class MuonTests
{
    private const int Steps = 4;

    public static TheoryData<Muon> Options => new(
        new Muon { LearningRate = 0.1 },
        new Muon { LearningRate = 0.1, Nesterov = false, RmsRate = null, WeightDecay = null, Momentum = 0.5 },
        new Muon { LearningRate = 0.1, AdamLearningRateRatio = 0.25, AdamWeightDecay = 0.5, WeightDecay = 0.25, NewtonSchulzSteps = 2 },
        new Muon { LearningRate = 0.1, MuonA = 2, MuonB = -1.5, MuonC = 0.5, AdamWeightDecay = null },
        new Muon { LearningRate = 0.1, AdamBeta1 = 0.7, AdamBeta2 = 0.8, Epsilon = 0.01 },
        new Muon { LearningRate = 0.1, ExcludeLayers = ["^wid.*/kernel$"] },
        new Muon { LearningRate = 0.1, ExcludeEmbeddings = false });

    [Theory, MemberData(nameof(Options), DisableDiscoveryEnumeration = true)]
    public void Matrices_go_by_Newton_and_Schulz_and_the_others_by_Adam(Muon options)
    {
        using var scope = torch.NewDisposeScope();
        (string Name, int[] Shape)[] shapes =
        [
            ("wide/kernel", [2, 5]), ("tall/kernel", [4, 3]), ("my_Embedding/embeddings", [3, 2]),
            ("tall/bias", [3]), ("conv/kernel", [2, 1, 3]),
        ];
        using var weights = new TestWeights([.. shapes.Select((weight, i) => Weight(weight.Name, weight.Shape, i))]);
        using var stepper = OptimizerStepper.Create(options, weights);
        var references = shapes.Select((w, i) => new MuonReference(options, w.Name, w.Shape, Values(w.Shape, i))).ToArray();
        for (var step = 1; step <= Steps; step++)
        {
            var gradients = shapes.Select((weight, i) => Values(weight.Shape, 10 * step + i)).ToArray();
            SetGradients(weights, shapes, gradients);
            stepper.Step();
            foreach (var (reference, gradient) in references.Zip(gradients)) reference.Step(gradient, step);
        }

        foreach (var (weight, reference) in weights.Zip(references))
        {
            weight.ToArray().ToArray<float>().Zip(reference.Values)
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2e-5 * Math.Max(1, Math.Abs(pair.Second)), weight.Name);
        }
    }

    [Fact]
    public void Newton_and_Schulz_give_Kerass_published_numbers()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights(TestWeights.Of("w/kernel", torch.zeros(2, 2)));
        using var stepper = OptimizerStepper.Create(new Muon { LearningRate = 1, Momentum = 0, RmsRate = null }, weights);
        weights[0].Tensor.grad = torch.tensor(new float[,] { { 0.2499f, 0.9105f }, { 0.2655f, 0.8824f } });
        stepper.Step();
        double[] published = [0.4422, -0.6457, -0.7285, -0.2968];
        weights.Elements().Zip(published).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 1e-3);
    }

    [Fact]
    public void Decay_leaves_excluded_weights_alone_and_has_two_shares()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new TestWeights([.. new[] { ("a/kernel", 2), ("a/bias", 1), ("b/kernel", 2) }
            .Select(weight => TestWeights.Of(weight.Item1, weight.Item2 == 2 ? torch.ones(1, 1) : torch.ones(1)))]);
        var options = new Muon { LearningRate = 0.5, WeightDecay = 0.25, AdamWeightDecay = 0.5, ExcludeFromWeightDecay = ["b/"] };
        using var stepper = OptimizerStepper.Create(options, weights);
        weights.SetGradients(0);
        stepper.Step();
        weights.Elements().Should().Equal(0.875, 0.75, 1);
    }

    [Fact]
    public void A_file_lists_a_velocity_only_of_what_goes_by_Adam()
    {
        using var model = Sequential.Input(3).Dense(2, name: "first").Dense(1, name: "out").Build("net").ToModel(Device.Cpu, seed: 1);
        model.Compile(Optimizer.Muon(excludeLayers: ["out"]), Loss.MeanSquaredError());
        model.Fit(Dataset.FromArrays(NDArray.From<float>([1, 2, 3], 1, 3), NDArray.From<float>([1], 1, 1)));
        var path = Path.Combine(Directory.CreateTempSubdirectory("deepgpu-muon-").FullName, "m.h5");
        model.Save(path);
        using (var file = Formats.H5File.Open(path))
        {
            Formats.KerasLegacy.Read(file).OptimizerWeights.Select(weight => weight.Key).Should().Equal(
                "muon/iteration", "muon/learning_rate", "muon/net_first_kernel_momentum",
                "muon/net_first_bias_momentum", "muon/net_first_bias_velocity",
                "muon/net_out_kernel_momentum", "muon/net_out_kernel_velocity", "muon/net_out_bias_momentum", "muon/net_out_bias_velocity");
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static LiveWeight Weight(string name, int[] shape, int seed)
    {
        var values = torch.tensor(Values(shape, seed), [.. shape.Select(n => (long)n)], torch.ScalarType.Float32);
        return TestWeights.Of(name, values, layout: shape.Length == 2 ? WeightLayout.Transposed : default);
    }

    private static void SetGradients(TestWeights weights, (string Name, int[] Shape)[] shapes, double[][] gradients)
    {
        foreach (var ((weight, (_, shape)), gradient) in weights.Zip(shapes).Zip(gradients))
        {
            weight.Tensor.grad = weight.ToTorch(torch.tensor(gradient, [.. shape.Select(n => (long)n)], torch.ScalarType.Float32));
        }
    }

    private static double[] Values(int[] shape, int seed)
        => [.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(i => Math.Sin(1.3 * i + 0.7 * seed + 0.2))];

    /// <summary>Keras's rule for one weight, in plain loops.</summary>
    private sealed class MuonReference(Muon o, string name, int[] shape, double[] values)
    {
        private readonly double[] _momentum = new double[values.Length];
        private readonly double[] _velocity = new double[values.Length];

        public double[] Values => values;

        private bool UsesAdam => shape.Length != 2
            || o.ExcludeEmbeddings && name.Contains("Embedding")
            || o.ExcludeLayers.Length > 0 && name == "wide/kernel";

        public void Step(double[] gradient, int step)
        {
            var (rate, decay) = (o.LearningRate.At(0), (UsesAdam ? o.AdamWeightDecay : o.WeightDecay) ?? 0);
            for (var i = 0; i < values.Length; i++) values[i] -= values[i] * decay * rate;
            if (UsesAdam) ByAdam(gradient, step, rate * o.AdamLearningRateRatio);
            else ByMatrix(gradient, rate);
        }

        private void ByAdam(double[] g, int step, double rate)
        {
            var alpha = rate * Math.Sqrt(1 - Math.Pow(o.AdamBeta2, step)) / (1 - Math.Pow(o.AdamBeta1, step));
            for (var i = 0; i < g.Length; i++)
            {
                _momentum[i] += (g[i] - _momentum[i]) * (1 - o.AdamBeta1);
                _velocity[i] += (g[i] * g[i] - _velocity[i]) * (1 - o.AdamBeta2);
                values[i] -= alpha * _momentum[i] / (Math.Sqrt(_velocity[i]) + o.Epsilon);
            }
        }

        private void ByMatrix(double[] g, double rate)
        {
            for (var i = 0; i < g.Length; i++) _momentum[i] += g[i] + _momentum[i] * (o.Momentum - 1);
            var direction = _momentum.Zip(g, (m, slope) => o.Nesterov ? slope + o.Momentum * m : m).ToArray();
            var (rows, columns) = (shape[0], shape[1]);
            var x = rows > columns ? Transposed(direction, rows, columns) : direction;
            var (fewer, more) = (Math.Min(rows, columns), Math.Max(rows, columns));
            var length = Math.Sqrt(x.Sum(v => v * v)) + 1e-7;
            x = [.. x.Select(v => v / length)];
            for (var step = 0; step < o.NewtonSchulzSteps; step++) x = Improved(x, fewer, more);
            var update = rows > columns ? Transposed(x, columns, rows) : x;
            var scale = o.RmsRate is { } rms ? rate * rms * Math.Sqrt(more) : rate;
            for (var i = 0; i < values.Length; i++) values[i] -= scale * update[i];
        }

        private double[] Improved(double[] x, int rows, int columns)
        {
            var square = Product(x, Transposed(x, rows, columns), rows, columns, rows);
            var fourth = Product(square, square, rows, rows, rows);
            double[] mixed = [.. square.Zip(fourth, (s, f) => o.MuonB * s + o.MuonC * f)];
            return [.. x.Zip(Product(mixed, x, rows, rows, columns), (v, p) => o.MuonA * v + p)];
        }

        private static double[] Transposed(double[] x, int rows, int columns)
            => [.. Enumerable.Range(0, rows * columns).Select(i => x[i % rows * columns + i / rows])];

        private static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
        {
            return [.. Enumerable.Range(0, rows * columns).Select(i => Cell(i / columns, i % columns))];

            double Cell(int row, int column) => Enumerable.Range(0, inner).Sum(k => a[row * inner + k] * b[k * columns + column]);
        }
    }
}
