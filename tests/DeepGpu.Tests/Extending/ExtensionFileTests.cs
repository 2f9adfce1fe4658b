using DeepGpu.Models;

namespace DeepGpu.Tests.Extending;

/// <summary>Files of models that hold classes of a user's own.</summary>
public sealed class ExtensionFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-own-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("model.deepgpu")]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    public void A_file_holds_everything_and_training_continues_from_it_bit_by_bit(string name)
    {
        var path = Path.Combine(_folder, name);
        using var model = Own.Spec.Compiled();
        model.Fit(Own.Data, epochs: 2, batchSize: 8);
        model.Save(path);
        using var loaded = Model.Load(path, Device.Cpu, Own.All);
        loaded.Bytes().Should().Be(model.Bytes());
        loaded.Spec.ToJson(Own.All).Should().Be(Own.Spec.ToJson(Own.All));
        var (straight, resumed) = (model.Fit(Own.Data, epochs: 2, batchSize: 8), loaded.Fit(Own.Data, epochs: 2, batchSize: 8));
        loaded.Bytes().Should().Be(model.Bytes());
        resumed.Names.Should().Equal("loss", "share_above");
        foreach (var key in resumed.Names) resumed[key].Should().Equal(straight[key]);
    }

    [Fact]
    public void Without_the_extensions_a_file_is_refused_and_the_remedy_names_them()
    {
        var path = Path.Combine(_folder, "model.keras");
        using var model = Own.Spec.Compiled();
        model.Save(path);
        FluentActions.Invoking(() => Model.Load(path, Device.Cpu)).Should().Throw<ModelFormatException>().WithMessage("*Custom*Stretch*")
            .Which.Fault.Remedy.Should().Contain("Extensions");
        FluentActions.Invoking(() => ModelFile.ReadSpec(path)).Should().Throw<ModelFormatException>();
        ModelFile.ReadSpec(path, Own.Layer.WithRegularizer(new Pull(), OwnJson.Default.Pull)
            .WithConstraint(new Floor(), OwnJson.Default.Floor)).Layers.Should().HaveCount(4);
    }

    [Fact]
    public void A_file_whose_loss_nobody_registered_loads_uncompiled_and_says_why()
    {
        var path = Path.Combine(_folder, "model.deepgpu");
        var spec = Sequential.Input(3).Dense(2).Build();
        using (var model = spec.ToModel(Device.Cpu, extensions: Own.All))
        {
            model.Compile(Optimizer.Sgd(), new PowerLoss());
            model.Save(path);
        }

        using var loaded = Model.Load(path, Device.Cpu);
        loaded.Invoking(model => model.Fit(Own.Data)).Should().Throw<ModelStateException>().WithMessage("*PowerLoss*Extensions*");
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("model.weights.h5")]
    public void Weights_alone_go_through_a_file(string name)
    {
        var path = Path.Combine(_folder, name);
        using var model = Own.Spec.Compiled();
        model.Fit(Own.Data);
        model.Save(path);
        using var other = Own.Spec.ToModel(Device.Cpu, seed: 8, extensions: Own.All);
        other.LoadWeights(path);
        other.Bytes().Should().Be(model.Bytes());
    }

    [Fact]
    public void A_file_is_converted_with_its_own_classes()
    {
        var (from, to) = (Path.Combine(_folder, "a.keras"), Path.Combine(_folder, "b.deepgpu"));
        using var model = Own.Spec.Compiled();
        model.Fit(Own.Data);
        model.Save(from);
        ModelFile.Convert(from, to, Own.All);
        using var loaded = Model.Load(to, Device.Cpu, Own.All);
        loaded.Bytes().Should().Be(model.Bytes());
        loaded.Fit(Own.Data).Epochs.Should().Be(1);
    }

    [Fact]
    public void Inside_another_model_and_under_TimeDistributed_it_is_the_same_layer()
    {
        var inner = Sequential.Input(4, 3).Apply(new TimeDistributed(new Stretch(5))).Build("inner");
        var spec = Sequential.Input(4, 3).Apply(inner).GlobalAveragePooling1D().Dense(2).Build("outer");
        var path = Path.Combine(_folder, "nested.keras");
        var data = Dataset.FromArrays(NDArray.From<float>([.. Enumerable.Range(0, 72).Select(i => i / 72f)], 6, 4, 3),
            NDArray.From<float>(new float[12], 6, 2));
        using var model = spec.Compiled();
        model.Fit(data);
        model.Save(path);
        using var loaded = Model.Load(path, Device.Cpu, Own.All);
        loaded.Predict(data.Input).ToArray<float>().Should().Equal(model.Predict(data.Input).ToArray<float>());
    }
}
