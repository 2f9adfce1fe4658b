using DeepGpu.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hosting.Tests;

/// <summary>Models as services of a host.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task A_host_warms_up_serves_and_drains_one_model()
    {
        var model = new FakeModel { Inputs = [new("x", DataType.Float32, new Shape(null, 2))] };
        using var host = Host(services => services.AddDeepGpu(_ => model, options => options.MaxBatchSize = 5));
        await host.StartAsync();
        model.Batches.Should().Equal(1, 5);
        var predictor = host.Services.GetRequiredService<Predictor>();
        model.Hold();
        var asked = Enumerable.Range(0, 20).Select(i => predictor.PredictAsync(NDArray.From<float>([i, i], 1, 2))).ToList();
        var stop = host.StopAsync();
        model.Release();
        await stop;
        asked.Should().OnlyContain(one => one.IsCompletedSuccessfully);
        predictor.IsStopping.Should().BeTrue();
        host.Dispose();
        await predictor.DisposeAsync();
        model.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public async Task Several_models_stand_under_their_keys_with_options_of_their_own()
    {
        using var host = Host(services => services
            .AddDeepGpuModel("double", _ => new FakeModel(), options => options.MaxBatchSize = 3)
            .AddDeepGpuModel("linear", _ => Sequential.Input(2).Dense(7).Build().ToModel(Device.Cpu, seed: 1),
                options => options.Capacity = 9));
        await host.StartAsync();
        var sample = NDArray.From<float>([1, 2], 1, 2);
        var doubles = host.Services.GetRequiredKeyedService<Predictor>("double");
        (await doubles.PredictAsync(sample)).ToArray<float>().Should().Equal(2, 4);
        (await host.Services.GetRequiredKeyedService<Predictor>("linear").PredictAsync(sample)).Shape.Should().Equal(1, 7);
        host.Services.GetService<Predictor>().Should().BeNull();
        host.Services.GetRequiredKeyedService<Predictor>("double").Should().BeSameAs(doubles);
        var options = host.Services.GetRequiredService<IOptionsMonitor<PredictorOptions>>();
        (options.Get("double").MaxBatchSize, options.Get("linear").MaxBatchSize, options.Get("linear").Capacity).Should().Be((3, 32, 9));
        await host.StopAsync();
    }

    [Fact]
    public async Task Configuration_names_files_and_options()
    {
        var file = Path.Combine(_folder.FullName, "small.keras");
        using (var model = Sequential.Input(3).Dense(2).Build().ToModel(Device.Cpu, seed: 1)) model.Save(file);
        using var host = Host(services => services.AddDeepGpu(Section(new()
        {
            ["D:Models:small:Path"] = file,
            ["D:Models:small:Device"] = "cpu",
            ["D:Models:small:MaxDelay"] = "00:00:00.002",
            ["D:Models:small:WhenFull"] = "Wait",
        })));
        await host.StartAsync();
        var predictor = host.Services.GetRequiredKeyedService<Predictor>("small");
        (predictor.Options.MaxDelay, predictor.Options.WhenFull).Should().Be((TimeSpan.FromMilliseconds(2), QueueFullPolicy.Wait));
        (await predictor.PredictAsync(NDArray.Zeros(DataType.Float32, 4, 3))).Shape.Should().Equal(4, 2);
        await host.StopAsync();
    }

    [Fact]
    public async Task Faulty_configuration_is_refused_at_the_start_all_faults_together()
    {
        using var host = Host(services => services.AddDeepGpu(Section(new()
        {
            ["D:Path"] = "no such file.keras",
            ["D:MaxBatchSize"] = "0",
            ["D:Device"] = "gpu",
            ["D:MaxBatchsSize"] = "3",
        })));
        var refused = (await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which;
        refused.Failures.Should().HaveCount(4);
        refused.Message.Should().Contain("PredictorOptions.MaxBatchSize must be at least 1, but is 0. Correct it.")
            .And.Contain("PredictorOptions.Device must be best, cpu, cuda or cuda:N, but is gpu. Correct it.")
            .And.Contain("Configuration may name the options of PredictorOptions, but 'D:MaxBatchsSize' is none.")
            .And.Contain("A model's file must exist, but 'no such file.keras' does not. Correct Path.");
    }

    [Fact]
    public async Task A_section_without_a_file_is_refused_at_the_start()
    {
        using var host = Host(services => services.AddDeepGpu(Section([])));
        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()
            .WithMessage("A model that configuration names needs its file, but Path is empty. *");
    }

    [Fact]
    public async Task A_model_that_cannot_compute_its_example_stops_the_start()
    {
        using var host = Host(services => services.AddDeepGpu(_ => new FakeModel { FailsAlways = true }));
        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("bad 0");
    }

    [Fact]
    public void A_name_is_taken_once()
        => FluentActions.Invoking(() => new ServiceCollection().AddDeepGpuModel("a", _ => new FakeModel())
                .AddDeepGpuModel("b", _ => new FakeModel()).AddDeepGpuModel("a", _ => new FakeModel()))
            .Should().Throw<DeepGpuArgumentException>()
            .WithMessage("Each model that is served has a name of its own, but 'a' is added twice. *");

    [Fact]
    public void The_example_of_the_options_warms_up_what_zeros_do_not_fit()
    {
        var options = new PredictorOptions { Example = [NDArray.Zeros(DataType.Float32, 1, 9)] };
        using var predictor = new Predictor(new FakeModel(), options, ownsModel: true);
        predictor.Example().Should().BeSameAs(options.Example);
        using var none = new Predictor(new FakeModel { Inputs = [new("x", DataType.Float32, new Shape(null, 2, 2))] }, ownsModel: true);
        none.Example().Should().BeNull();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IHost Host(Action<IServiceCollection> add)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services);
        return builder.Build();
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values)
        => new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("D");
}
