using System.Globalization;
using System.Text.Json;

namespace DeepGpu.Hardware.Tests.Catalog;

/// <summary>The figures of every entry against each other; each test prints how many entries it covered.</summary>
public class CatalogDataTests(ITestOutputHelper output)
{
    private const double Rounding = 0.03;

    private static readonly IReadOnlyList<GpuSpec> Cards = GpuCatalog.Default.Cards;

    [Fact]
    public void Bus_width_times_data_rate_is_the_bandwidth()
        => Check(200,
            card => card.MemoryBusBits is { } bits && card.MemoryRatePerPin is { } pin ? (pin * bits / card.Bandwidth, 1, 1) : null);

    [Fact]
    public void Cores_times_clock_times_operations_is_the_single_precision_rate()
        => Check(200, card => card is { Cores: { } cores, FlopPerCorePerClock: { } flop, BoostClock: { } clock, Float32Rate: { } rate }
            ? (cores * flop * clock.Hertz / rate.FlopsPerSecond, 1, 1)
            : null);

    [Fact]
    public void Operations_a_core_and_clock_are_two_or_on_dual_issue_designs_four()
    {
        Check(200, card => card.FlopPerCorePerClock is { } flop ? (flop, 2, 4) : null);
        Cards.Where(card => card.FlopPerCorePerClock == 4).Select(card => card.Architecture)
            .Distinct().Should().BeEquivalentTo("RDNA 3.0", "RDNA 3.5", "RDNA 4.0", "CDNA 3.0",
                "CDNA 4.0");
    }

    [Fact]
    public void Matrix_units_are_faster_than_vector_units()
        => Check(130, card => card is { Float16MatrixRate: { } matrix, Float32Rate: { } vector } ? (matrix / vector, 1.5, 65) : null);

    [Fact]
    public void TensorFloat32_runs_at_half_the_rate_of_half_precision()
        => Check(80, card => card is { TensorFloat32MatrixRate: { } tf32, Float16MatrixRate: { } half } ? (tf32 / half, 0.5, 0.5) : null);

    [Fact]
    public void Sums_in_16_bits_are_twice_as_fast_on_GeForce_cards_and_as_fast_on_others()
    {
        Check(40, card => IsGeForce(card) && card is { Float16AccumulateMatrixRate: { } loose, Float16MatrixRate: { } exact }
            ? (loose / exact, 2, 2)
            : null);
        Check(40, card => card.Vendor == GpuVendor.Nvidia && !IsGeForce(card)
            && card is { Float16AccumulateMatrixRate: { } loose, Float16MatrixRate: { } exact }
            ? (loose / exact, 1, 1)
            : null);
    }

    [Fact]
    public void BFloat16_runs_at_the_rate_of_half_precision_but_on_the_first_CDNA()
        => Check(110, card => card is { BFloat16MatrixRate: { } bf16, Float16MatrixRate: { } fp16 }
            ? (bf16 / fp16, card.Architecture == "CDNA 1.0" ? 0.5 : 1, card.Architecture == "CDNA 1.0" ? 0.5 : 1)
            : null);

    [Fact]
    public void Eight_bit_floats_run_at_twice_the_rate_of_sixteen_bit_ones_or_the_same()
        => Check(60, card => card is { Float8MatrixRate: { } fp8, BFloat16MatrixRate: { } bf16 } ? (fp8 / bf16, 1, 2.01) : null);

    [Fact]
    public void Eight_bit_floats_are_never_mixed_with_sparse_figures()
        => Check(40, card =>
            card is { Vendor: GpuVendor.Nvidia, Float8MatrixRate: { } fp8, Float16MatrixRate: { } fp16 } ? (fp8 / fp16, 2, 2) : null);

    [Fact]
    public void Power_is_plausible_for_the_work_done()
        => Check(190, card => card is { Tdp: { } tdp, Float32Rate: { } rate } ? (rate.Teraflops / tdp.Watts, 0.01, 0.6) : null);

    [Fact]
    public void Power_is_within_what_can_be_set()
        => Check(8, card =>
            card is { Tdp: { } tdp, MinimumPower: { } least, MaximumPower: { } most } ? (tdp.Watts, least.Watts, most.Watts) : null);

    [Fact]
    public void Bandwidth_is_plausible_for_the_kind_of_memory()
        => Check(200, card => card.MemoryType is { } type && card.MemoryBusBits is { } bits
            ? (8 * card.Bandwidth.GigabytesPerSecond / bits, type.StartsWith("HBM", StringComparison.Ordinal) ? 1.4 : 3,
                type.StartsWith("HBM", StringComparison.Ordinal) ? 9.3 : 31)
            : null);

    [Fact]
    public void A_supply_recommended_is_larger_than_the_card()
        => Check(140, card => card is { Tdp: { } tdp, RecommendedSupply: { } supply } ? (supply / tdp, 1.3, 8) : null);

    [Fact]
    public void Release_dates_lie_between_the_first_card_and_the_catalogue()
        => Check(220, card => card.ReleaseDate is { } date
            ? (date.DayNumber, new DateOnly(2015, 1, 1).DayNumber, new DateOnly(2026, 11, 30).DayNumber)
            : null);

    [Fact]
    public void Toolkits_are_in_order()
        => Check(27, card => card is { FirstToolkit: { } first, LastToolkit: { } last } ? (last.CompareTo(first), 1, 1) : null);

    [Fact]
    public void A_conflict_names_a_field_and_another_figure()
    {
        foreach (var (card, conflict) in Cards.SelectMany(card => card.Conflicts, (card, conflict) => (card, conflict)))
        {
            using var json = JsonDocument.Parse(GpuCatalog.ToJson(card));
            json.RootElement.TryGetProperty(conflict.Field, out var taken).Should().BeTrue($"{card.Name}: {conflict.Field}");
            conflict.Value.Should().NotBe(taken.ToString(), card.Name);
            GpuCatalog.Default.Sources.Should().ContainKey(conflict.Source, card.Name);
        }

        output.WriteLine($"{Cards.Sum(card => card.Conflicts.Count)} conflicts of {Cards.Count(card => card.Conflicts.Count > 0)} entries");
    }

    [Fact]
    public void It_covers_the_cards_that_matter()
    {
        Cards.Should().HaveCountGreaterThanOrEqualTo(150);
        string[] architectures = ["Pascal", "Volta", "Turing", "Ampere", "Ada Lovelace", "Hopper", "Blackwell", "Blackwell 2.0", "GCN 5.0",
            "GCN 5.1", "RDNA 2.0", "RDNA 3.0", "RDNA 4.0",
            "CDNA 1.0", "CDNA 2.0", "CDNA 3.0", "CDNA 4.0", "Xe-HPG", "Xe2-HPG", "Xe-HPC", "Gaudi", "Apple G13", "Apple G14", "Apple G15",
            "Apple G16", "TPU v2", "TPU v3", "TPU v4", "TPU v5e", "TPU v5p", "TPU v6e"];
        Cards.Select(card => card.Architecture).Should().Contain(architectures);
        Cards.Select(card => card.Segment).Distinct().Should().BeEquivalentTo(Enum.GetValues<GpuSegment>().Cast<GpuSegment?>());
        GpuCatalog.Default.Cpus.Should().HaveCountGreaterThanOrEqualTo(5);
        GpuCatalog.Default.Version.Should().MatchRegex("^20[0-9]{2}\\.[01][0-9]$");
    }

    [Fact]
    public void A_processors_rate_is_cores_times_clock_times_operations()
        => GpuCatalog.Default.Cpus.Should().OnlyContain(cpu =>
            Math.Abs((cpu.Cores * cpu.FlopPerCorePerClock * cpu.BaseClock.Hertz / cpu.Float32Rate.FlopsPerSecond) - 1) < 0.01);

    [Fact]
    public async Task Each_file_holds_one_architecture_and_follows_the_schema()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "catalog"))
            .Where(file => Path.GetFileName(file) is not ("catalog.json" or "cpus.json" or "support.json" or "google-tpu.json")).ToList();
        files.Should().HaveCountGreaterThan(20);
        foreach (var file in files)
        {
            await Schemas.ShouldDescribe("gpu-catalog", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            GpuCatalogFile.Read(file).RequireEveryEntry().Cards.Select(card => (card.Vendor, card.Architecture))
                .Distinct().Should().ContainSingle(file);
        }
    }

    /// <summary>Checks every card that has the inputs, prints how many do, and lists all deviations together.</summary>
    private void Check(int leastCovered, Func<GpuSpec, (double Value, double Least, double Most)?> measure)
    {
        var covered = Cards.Select(card => (card.Name, Figure: measure(card))).Where(item => item.Figure is not null)
            .Select(item => (item.Name, Figure: item.Figure!.Value)).ToList();
        output.WriteLine($"{covered.Count} of {Cards.Count} entries");
        covered.Count.Should().BeGreaterThanOrEqualTo(leastCovered);
        covered.Where(item =>
            item.Figure.Value < item.Figure.Least * (1 - Rounding) || item.Figure.Value > item.Figure.Most * (1 + Rounding))
            .Select(item => string.Create(CultureInfo.InvariantCulture,
                $"{item.Name}: {item.Figure.Value} is not from {item.Figure.Least} to {item.Figure.Most}"))
            .Should().BeEmpty();
    }

    private static bool IsGeForce(GpuSpec card)
        => card.Name.StartsWith("GeForce", StringComparison.Ordinal) || card.Name.StartsWith("GB10", StringComparison.Ordinal);
}
