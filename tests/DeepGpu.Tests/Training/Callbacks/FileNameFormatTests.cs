using DeepGpu.Models;

namespace DeepGpu.Tests.Callbacks;

/// <summary>Names of files with the epoch and values of training in them, as ModelCheckpoint takes them.</summary>
public sealed class FileNameFormatTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData("02d", 3, "03")]
    [InlineData("d", 12, "12")]
    [InlineData(".4f", 0.12345, "0.1235")]
    [InlineData("08.3f", -1.5, "-001.500")]
    [InlineData("8.3f", -1.5, "  -1.500")]
    [InlineData("+.2f", 2.0, "+2.00")]
    [InlineData(".2e", 1234.5, "1.23e+03")]
    [InlineData(".1%", 0.256, "25.6%")]
    [InlineData(".3g", 2.0, "2")]
    [InlineData("00", 3, "03")]
    [InlineData("0.0000", 0.12345, "0.1235")]
    [InlineData("F2", 0.12345, "0.12")]
    [InlineData("", 3, "3")]
    public void A_file_name_takes_formats_of_Python_and_of_NET(string format, double number, string expected)
    {
        FileNameFormat.Check("epoch", format);
        FileNameFormat.Write("epoch", number, format).Should().Be(expected);
    }

    [Theory]
    [InlineData("x{epoch:>4}.keras")]
    [InlineData("x{val_loss:4q}.keras")]
    public void A_format_of_neither_is_refused_before_training(string path)
        => FluentActions.Invoking(() => new ModelCheckpoint(path)).Should().Throw<DeepGpuArgumentException>().WithMessage("*'02d'*");

    [Fact]
    public void Checkpoints_take_Kerass_names()
    {
        using var model = Sequential.Input(2).Dense(1).Build().ToModel(Device.Cpu);
        model.Compile(Optimizer.Sgd(0.1), Loss.MeanSquaredError());
        var data = Dataset.FromArrays(RandomArray.Between(-2, 2, 1, 6, 2), RandomArray.Between(-2, 2, 2, 6, 1));
        var history = model.Fit(data, new FitOptions
        {
            Epochs = 2,
            Validation = data,
            Callbacks = [new ModelCheckpoint(Path.Combine(_folder.FullName, "w-{epoch:02d}-{val_loss:.4f}.keras"))],
        }, TestContext.Current.CancellationToken);
        _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal).Should()
            .Equal(history["val_loss"].Select((loss, epoch) => FormattableString.Invariant($"w-0{epoch + 1}-{loss:0.0000}.keras")));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
