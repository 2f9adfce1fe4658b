using DeepGpu.Forecasts;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class FitRuleTests
{
    private static Measurements Data => new(ReferenceData.Path("measurements"));

    private static readonly LogInterval Sure = CalibrationData.Default.Intervals.OfPeak(convolves: true, isSure: true);

    [Fact]
    public void No_step_that_ran_out_of_memory_is_said_to_fit()
    {
        var flagged = MemoryRow.ReadCnns(Data).Where(row => row.IsOutOfMemory).ToList();
        flagged.Should().NotBeEmpty().And.OnlyContain(row => VerdictOf(row) == FitVerdict.DoesNotFit);
    }

    [Fact]
    public void No_step_that_ran_is_said_not_to_fit()
        => MemoryRow.ReadCnns(Data).Where(row => !row.IsOutOfMemory).Should().HaveCountGreaterThan(150)
            .And.OnlyContain(row => VerdictOf(row) != FitVerdict.DoesNotFit);

    [Fact]
    public void No_step_that_filled_its_card_is_said_not_to_fit()
    {
        foreach (var row in FullCardRow.Read(Data).Where(row => row.Training is not null))
        {
            var card = GpuCatalog.Default.Find("TITAN RTX") with { Name = "any", Vram = row.Card };
            GpuForecaster.Default.Forecast(row.Training!, card).Fits.Should().NotBe(FitVerdict.DoesNotFit, row.ToString());
        }
    }

    [Fact]
    public void A_flag_is_in_error_where_the_peaks_grow_by_a_line_once_one_smaller_batch_is_left_out()
        => FlagCheck.Of([Row(8, 100), Row(16, 300), Row(32, 150, isOut: true), Row(64, 210, isOut: true)])
            .Select(row => (row.IsOutOfMemory, row.IsFlaggedInError))
            .Should().Equal((false, false), (false, false), (false, true), (false, true));

    [Fact]
    public void A_flag_holds_where_several_smaller_batches_took_more()
        => FlagCheck.Of([Row(8, 100), Row(16, 120), Row(32, 160), Row(64, 90, isOut: true)]).Select(row => row.IsOutOfMemory)
            .Should().Equal(false, false, false, true);

    [Theory]
    [InlineData("A10", 0.0625)]
    [InlineData("Tesla T4", 0.0625)]
    [InlineData("A100 SXM4 40GB", 0)]
    [InlineData("GeForce RTX 3090", 0)]
    public void Check_bits_take_a_sixteenth_of_a_server_cards_graphics_memory(string name, double share)
    {
        var card = GpuCatalog.Default.Find(name);
        (FitRule.UsableBytes(card) / card.Vram.Bytes / CalibrationData.Default.UsableMemory).Should().BeApproximately(1 - share, 1e-9);
    }

    [Theory]
    [InlineData(90, 95, FitVerdict.Fits)]
    [InlineData(90, 97, FitVerdict.Uncertain)]
    [InlineData(101, 130, FitVerdict.DoesNotFit)]
    public void Between_the_usable_and_the_whole_memory_it_is_uncertain(double atLeast, double surely, FitVerdict expected)
        => FitRule.Verdict(new(atLeast, surely), usable: 96, all: 100).Should().Be(expected);

    private static FitVerdict VerdictOf(MemoryRow row)
    {
        var (model, constants) = (MemoryFit.Model(row), CalibrationData.Default.Memory);
        return FitRule.Verdict(PeakBounds.Of(model.Total(constants), model.Context(constants), Sure),
            GpuCatalog.Default.Find("A100 SXM4 40GB"), ByteSize.Zero);
    }

    private static MemoryRow Row(int batch, double bytes, bool isOut = false)
        => new("any", batch, bytes, isOut, () => throw new InvalidOperationException("not needed"));
}
