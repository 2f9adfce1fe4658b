using DeepGpu.Formats;

namespace DeepGpu.Tests.Data;

public sealed class SourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu ü ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_gives_class_numbers_in_ordinal_order_whatever_the_culture()
    {
        using var culture = new Culture("tr-TR");
        var path = Write("iris.csv", "a,b,kind\n1.5,2,setosa\n-3,4e1,Virginica\n0,0,setosa\n");
        var (data, names) = DatasetFiles.FromCsv(path, label: "kind");
        names.Should().Equal("Virginica", "setosa");
        data.Input.ToArray<float>().Should().Equal(1.5f, 2, -3, 40, 0, 0);
        data.Target.ToArray<int>().Should().Equal(1, 0, 1);
    }

    [Fact]
    public void A_table_of_numbers_is_parted_into_inputs_and_targets()
    {
        var data = DatasetFiles.FromCsv(Write("x.csv", "a,price,b\n1,10,2\n3,30,4\n"), targets: ["price"]);
        data.Input.ToArray<float>().Should().Equal(1, 2, 3, 4);
        data.Target.ToArray<float>().Should().Equal(10, 30);
        data.Target.TypeAndShape.Should().Be("Float32 (2, 1)");
    }

    [Fact]
    public void Npy_files_are_read_as_they_are()
    {
        var (x, y) = (Path.Combine(_folder, "x.npy"), Path.Combine(_folder, "y.npy"));
        using (var file = File.Create(x)) NpyFile.Write(file, NDArray.From<float>([1, 2, 3, 4], 2, 2));
        using (var file = File.Create(y)) NpyFile.Write(file, NDArray.From<long>([0, 1], 2));
        var data = DatasetFiles.FromNpy(x, y);
        data.ToString().Should().Be("2 samples: Float32 (2, 2) -> Int64 (2)");
    }

    [Fact]
    public void Idx_files_that_do_not_belong_together_are_refused()
    {
        var images = Write("images", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102]);
        var labels = Write("labels", [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]);
        DatasetFiles.FromIdx(images, labels).Input.ToArray<float>().Should().Equal(0, 1, 0.2f, 0.4f);
        var three = Write("three", [0, 0, 8, 1, 0, 0, 0, 3, 7, 9, 1]);
        FluentActions.Invoking(() => DatasetFiles.FromIdx(images, three)).Should().Throw<ModelFormatException>();
    }

    [Fact]
    public void Tensors_become_a_dataset_and_stay_the_callers()
    {
        using var inputs = TorchSharp.torch.arange(6, dtype: TorchSharp.torch.ScalarType.Float32).reshape(3, 2);
        using var targets = TorchSharp.torch.tensor(new long[] { 0, 1, 0 });
        Dataset.FromTensors(inputs, targets).ToString().Should().Be("3 samples: Float32 (3, 2) -> Int64 (3)");
        inputs.sum().item<float>().Should().Be(15);
    }

    [Fact]
    public void Windows_are_those_of_Kerass_timeseries_dataset()
    {
        // The example of keras.io/api/data_loading/timeseries: 0..98, length 10, sampling 2, stride 3 gives 27 windows, the last 78..96.
        var series = NDArray.From<int>([.. Enumerable.Range(0, 99)], 99);
        var windows = TimeSeries.WindowsInMemory(series, targets: null,
            new() { SequenceLength = 10, SamplingRate = 2, SequenceStride = 3 });
        windows.Count.Should().Be(27);
        windows.Sample(0).Input.ToArray<int>().Should().Equal(0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
        windows.Sample(26).Input.ToArray<int>().Should().Equal(78, 80, 82, 84, 86, 88, 90, 92, 94, 96);
        var forecast = TimeSeries.WindowsInMemory(series.Slice(0, 89), series.Slice(10, 89), new() { SequenceLength = 10 });
        forecast.Count.Should().Be(80);
        forecast.Sample(5).Target.ToArray<int>().Should().Equal(15);
        FluentActions.Invoking(() => TimeSeries.Windows(series, null, new() { SequenceLength = 101 }))
            .Should().Throw<TrainingDataException>().WithMessage("*needs 101 steps*");
    }

    [Fact]
    public void Several_arrays_with_weights_are_cut_together()
    {
        var data = Dataset.FromArrays([Rows(4, 2), Rows(4, 1)], [Rows(4, 3), Rows(4, 1)], [Rows(4, 1).Reshape(4)]);
        var (first, second) = data.Split(0.75, seed: 3);
        (first.Count, second.Count).Should().Be((3, 1));
        first.Inputs[1].ToArray<float>().Should().Equal(first.Targets[1].ToArray<float>()).And.Equal(first.Weights[0].ToArray<float>());
        FluentActions.Invoking(() => data.Input).Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("not_single");
        FluentActions.Invoking(() => Dataset.FromArrays([Rows(4, 2)], [Rows(3, 1)]))
            .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("sample_count");
        FluentActions.Invoking(() => Dataset.FromArrays([Rows(4, 2)], [Rows(4, 1)], [Rows(4, 1), Rows(4, 1)]))
            .Should().Throw<TrainingDataException>().Which.Fault.Code.Should().Be("weight_count");
    }

    private static NDArray Rows(int count, int width)
        => NDArray.From<float>([.. Enumerable.Range(0, count * width).Select(i => (float)(i / width))], count, width);

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
