using DeepGpu.Forecasts;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class CalibrationTests
{
    private static readonly (string File, ConstantTable Table)[] Files = [("time.json", TimeConstants.Table),
        ("recurrent.json", RecurrentConstants.Table), ("memory.json", MemoryConstants.Table), ("power.json", PowerConstants.Table),
        ("clock.json", ClockConstants.Table)];

    public static TheoryData<string> Names => [.. Files.Select(file => file.File)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_holds_every_constant_with_prior_error_and_source(string file)
    {
        var table = Files.Single(pair => pair.File == file).Table;
        CalibrationFiles.Read(file, root =>
        {
            root.GetProperty("source").GetString().Should().Contain("fitted by benchmarks/DeepGpu.Forecasts");
            root.GetProperty("residuals").GetArrayLength().Should().BePositive();
            var constants = root.GetProperty("constants").EnumerateArray().ToList();
            constants.Select(c => c.GetProperty("name").GetString()).Should().Equal(table.Definitions.Select(d => d.Name));
            constants.Should().OnlyContain(c => c.GetProperty("value").GetDouble() > 0 && c.GetProperty("relativeError").GetDouble() >= 0);
            return true;
        });
    }

    [Fact]
    public void Intervals_hold_the_middle()
        => CalibrationData.Default.Intervals.All.Should().NotBeEmpty()
            .And.OnlyContain(interval => interval.Low < 0 && interval.High > 0 && interval.Rows > 5);

    [Fact]
    public void The_constants_of_time_are_what_the_program_fits()
    {
        var fit = CnnFit.Run(new Measurements(ReferenceData.Path("measurements")).CnnRows(),
            ProductRow.Read(new(ReferenceData.Path("measurements"))));
        fit.Values.Zip(CalibrationData.Default.Time.All).Should().OnlyContain(pair => Math.Abs(pair.First / pair.Second - 1) < 0.002);
    }
}
