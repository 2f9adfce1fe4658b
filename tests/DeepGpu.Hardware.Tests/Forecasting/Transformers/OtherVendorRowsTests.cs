using DeepGpu.Forecasts.Transformers;
using DeepGpu.Hardware.Forecasting;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting.Transformers;

/// <summary>Measured times of language models on cards of AMD, Intel and Apple: the interval that a forecast gives holds at least 70 of
/// 100, also where every row of the vendor is left out of the fit and the interval is that of a vendor nobody measured.</summary>
public class OtherVendorRowsTests(ITestOutputHelper output)
{
    private const double UnknownVendor = 1.5;

    private static readonly Lazy<IReadOnlyList<InferenceRow>> Rows = new(() => [.. InferenceRows.Read(ReferenceData.Path(
        Path.Combine("measurements", "transformers", "transformer_inference.csv"))).Where(row => row is
            { Task: InferenceTask.Decode or InferenceTask.Prefill, Cards: 1, Part: 1 } or { Task: InferenceTask.EndToEnd, Part: 1 })]);

    [Theory]
    [InlineData(GpuVendor.Amd)]
    [InlineData(GpuVendor.Apple)]
    [InlineData(GpuVendor.Intel)]
    public void The_interval_holds_70_of_100_rows_of_the_vendor(GpuVendor vendor)
        => Share(vendor, TransformerCalibration.Default.Time, 1).Should().BeGreaterThanOrEqualTo(0.7);

    [Theory]
    [InlineData(GpuVendor.Amd)]
    [InlineData(GpuVendor.Apple)]
    [InlineData(GpuVendor.Intel)]
    public void It_holds_70_of_100_where_the_vendor_was_never_fitted(GpuVendor vendor)
        => Share(vendor, [.. InferenceFit.Run([.. Rows.Value.Where(row => row.Card.Vendor != vendor)]).Values], UnknownVendor).Should()
            .BeGreaterThanOrEqualTo(0.7);

    private double Share(GpuVendor vendor, double[] constants, double wider)
    {
        List<InferenceRow> rows = [.. Rows.Value.Where(row => row.Card.Vendor == vendor)];
        rows.Count.Should().BeGreaterThanOrEqualTo(10);
        var inside = rows.Count(row => IsInside(row, constants, wider));
        output.WriteLine($"{vendor}: {inside} of {rows.Count} rows of {rows.DistinctBy(row => row.Card.Name).Count()} cards");
        return (double)inside / rows.Count;
    }

    private static bool IsInside(InferenceRow row, double[] constants, double wider)
    {
        var what = row.Task.ToString().ToLowerInvariant();
        var spread = TransformerCalibration.Default.Spread($"{what}.{row.Engine}", $"{what}.{row.Engine.Family()}", what);
        var forecast = spread.Around(InferenceFit.Seconds(row)(constants), seconds => seconds, "", wider);
        return forecast.Low <= row.Seconds && row.Seconds <= forecast.High;
    }
}
