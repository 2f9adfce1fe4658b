using DeepGpu.Models;

namespace DeepGpu.Tests.Training;

/// <summary>Optimizers inside Fit.</summary>
public class OptimizerInFitTests
{
    private static readonly DataSource Digits = Datasets.GeneratedDigits(96, 1).Train;

    [Fact]
    public void Averages_become_the_weights_when_training_ends()
    {
        var last = new Averages();
        using var model = Compiled(new Sgd { UseEma = true, EmaMomentum = 0.5 });
        model.Fit(Digits, new FitOptions { Epochs = 2, Callbacks = [last] });
        last.AtEpochEnd.Should().NotEqual(last.Weights);
        model.Weights[^1].ToArray().ToArray<float>().Should().Equal(last.AtEpochEnd);
    }

    [Fact]
    public void A_schedule_moves_the_rate_and_a_callback_replaces_it()
    {
        using var model = Compiled(new Sgd { LearningRate = new PiecewiseConstantDecay([1, 3], [0.5, 0.25, 0.125]) });
        var rates = new Rates();
        model.Fit(Digits, new FitOptions { Epochs = 3, Callbacks = [rates] });
        rates.Seen.Should().Equal(0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625, 0.0625);
    }

    [Fact]
    public void Options_that_do_not_fit_the_model_leave_it_compiled_as_before()
    {
        using var model = Compiled(new Sgd());
        FluentActions.Invoking(() => model.Compile(new Sgd { LayerRates = [new("nowhere", 2)] }, Loss.SparseCategoricalCrossentropy()))
            .Should().Throw<DeepGpuArgumentException>();
        model.Fit(Digits).Names.Should().Contain("loss");
    }

    private static Model Compiled(Optimizer optimizer)
    {
        var model = Cnn.Small.ToModel(Device.Cpu, seed: 1);
        model.Compile(optimizer, Loss.SparseCategoricalCrossentropy());
        return model;
    }

    private sealed class Averages : Callback
    {
        public float[] AtEpochEnd { get; private set; } = [];

        public float[] Weights { get; private set; } = [];

        public override void OnEpochEnd(TrainingContext context, IDictionary<string, double> logs)
        {
            Weights = context.Model.Weights[^1].ToArray().ToArray<float>();
            AtEpochEnd = context.Session.Compiled.Stepper.Save().Arrays["dense/bias/average"].ToArray<float>();
        }
    }

    private sealed class Rates : Callback
    {
        public List<double> Seen { get; } = [];

        public override void OnBatchBegin(TrainingContext context)
        {
            if (context.Epoch == 3 && context.Batch == 0) context.LearningRate = 0.0625;
            Seen.Add(context.LearningRate);
        }
    }
}
