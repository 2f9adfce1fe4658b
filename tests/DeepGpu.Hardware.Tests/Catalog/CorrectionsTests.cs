using System.Globalization;

namespace DeepGpu.Hardware.Tests.Catalog;

/// <summary>Figures that the catalogue had wrong or lacked, each with the value that its source states (docs/hardware.md).</summary>
public class CorrectionsTests(ITestOutputHelper output)
{
    private static readonly GpuCatalog Catalog = GpuCatalog.Default;

    public static TheoryData<string, string, double> Figures => new()
    {
        { "RTX PRO 6000 Blackwell Server", "bandwidth", 1597 },
        { "RTX PRO 6000 Blackwell Server", "fp32", 120 },
        { "RTX PRO 6000 Blackwell Server", "fp16 matrix", 480 },
        { "RTX PRO 6000 Blackwell Server", "bf16 matrix", 480 },
        { "A10G", "power", 300 },
        { "A10G", "units", 80 },
        { "A10G", "cores", 10_240 },
        { "A10G", "matrix cores", 320 },
        { "A10G", "fp16 matrix", 70 },
        { "A10G", "bf16 matrix", 70 },
        { "GB200", "fp32", 80 },
        { "GB200", "fp64", 40 },
        { "GB200", "units", 152 },
        { "GB200", "cache", 126 },
        { "B200", "cache", 126 },
        { "B300", "cache", 126 },
        { "GB300", "cache", 126 },
        { "GB300", "memory", 278 },
        { "H20", "units", 78 },
        { "L4", "units", 58 },
        { "L4", "matrix cores", 232 },
        { "GB10 (DGX Spark)", "matrix cores", 192 },
        { "Radeon PRO W6600", "fp16 vector", 20.8 },
        { "Radeon PRO W6600", "fp64", 0.65 },
        { "TPU v4", "power", 192 },
        { "TPU v6e", "link", 800 },
        { "Jetson Orin Nano 8GB", "bandwidth", 102.4 },
        { "Jetson Orin Nano 8GB", "clock", 1020 },
        { "Jetson Orin Nano 8GB", "power", 25 },
        { "Jetson Orin Nano 8GB", "int8", 33.5 },
        { "Jetson Orin Nano 8GB", "price", 249 },
        { "Arc Pro B60", "cache", 18 },
        { "Arc Pro B50", "cache", 18 },
        { "Arc A770 16GB", "fp16 matrix", 131 },
        { "Arc A770 16GB", "int8", 262 },
        { "Data Center GPU Max 1100", "fp16 matrix", 352 },
        { "RTX A4500", "link", 112.5 },
        { "RTX A5000", "link", 112.5 },
        { "RTX A5500", "link", 112.5 },
        { "A30", "link", 200 },
        { "Tesla P100 SXM2", "link", 160 },
        { "Quadro GP100", "link", 160 },
        { "Quadro GV100", "link", 200 },
        { "Quadro RTX 5000", "link", 50 },
        { "GeForce GTX 1660 Ti", "fp16 reached", 0.61 },
        { "GeForce GTX 1080 Ti", "fp16 reached", 9.6 },
        { "Radeon RX 7900 XTX", "fp32 reached", 25.2 },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_is_as_its_source_states(string card, string figure, double value)
        => Figure(Catalog.Find(card), figure).Should().BeApproximately(value, 0.01 * value);

    [Theory]
    [InlineData("Arc A380")]
    [InlineData("Arc A580")]
    [InlineData("Arc A750")]
    [InlineData("Arc A770 16GB")]
    [InlineData("Arc Pro A60")]
    [InlineData("Data Center GPU Flex 170")]
    public void Intels_matrix_units_are_eight_times_its_vector_units_at_the_clock_of_its_data_sheet(string name)
    {
        var card = Catalog.Find(name);
        var clocked = card.Cores!.Value * 2 * 8 * card.BoostClock!.Value.Megahertz / 1e6;
        card.Float16MatrixRate!.Value.Teraflops.Should().BeInRange(0.8 * clocked, 1.04 * clocked);
        card.BFloat16MatrixRate.Should().Be(card.Float16MatrixRate);
        card.Int8Rate!.Value.Teraflops.Should().BeApproximately(2 * card.Float16MatrixRate.Value.Teraflops, 0.1);
    }

    [Fact]
    public void Words_and_days_are_as_their_sources_state()
    {
        Catalog.Find("A100 SXM4 80GB").FormFactor.Should().Be(GpuFormFactor.Sxm);
        Catalog.Find("A100 PCIe 40GB").MemoryType.Should().Be("HBM2");
        Catalog.Find("A100 SXM4 40GB").MemoryType.Should().Be("HBM2");
        Catalog.Find("H20").ComputeCapability.Should().Be(new Version(9, 0));
        Catalog.Find("Jetson TX2").ReleaseDate.Should().Be(new DateOnly(2017, 3, 1));
        Catalog.Find("Radeon RX 6750 XT").ReleaseDate.Should().Be(new DateOnly(2022, 5, 10));
        Catalog.Find("B100").Availability.Should().Be(GpuAvailability.NeverSold);
        foreach (var name in new[] { "RX 7700 XT", "RX 7800 XT", "RX 7900 GRE", "RX 7600 XT", "Radeon PRO W7700" })
            Catalog.Find(name).Frameworks.Should().Contain(MachineLearningFramework.PyTorch, name);
    }

    [Fact]
    public void Half_precision_is_no_gain_where_PyTorch_cannot_use_it()
    {
        var work = Models.Applications.Find("torchvision/resnet50").Build(new());
        foreach (var name in new[] { "GTX 1650", "GTX 1650 SUPER", "GTX 1660", "GTX 1660 SUPER", "GTX 1660 Ti" })
        {
            var card = Catalog.Find(name);
            TimeSpan Step(NumberFormat format) => GpuForecaster.Default.Forecast(work.Training(16, format), card).StepTime!.Value.Value;
            Step(NumberFormat.Float16).Should().BeGreaterThan(Step(NumberFormat.Float32) * 0.95, name);
        }
    }

    /// <summary>The catalogue must know what was sold or announced in the half-year before its version.</summary>
    [Fact]
    public void The_newest_card_is_at_most_6_months_older_than_the_catalogue()
    {
        var version = DateOnly.ParseExact(Catalog.Version + ".01", "yyyy.MM.dd");
        var newest = Catalog.Cards.Where(card => (card.ReleaseDate ?? card.AnnouncementDate) is not null)
            .MaxBy(card => card.ReleaseDate ?? card.AnnouncementDate)!;
        (newest.ReleaseDate ?? newest.AnnouncementDate).Should().BeOnOrAfter(version.AddMonths(-6), newest.Name);
    }

    /// <summary>Sold for the first time in the year of the catalogue's version, not only announced in it.</summary>
    [Fact]
    public void At_least_eight_cards_of_the_catalogues_year_are_on_sale()
    {
        var year = int.Parse(Catalog.Version[..4], CultureInfo.InvariantCulture);
        var sold = Catalog.Cards.Where(card => card.ReleaseYear == year && card.Availability == GpuAvailability.Sold).ToList();
        output.WriteLine($"{sold.Count}: {string.Join(", ", sold.Select(card => card.Name))}");
        sold.Should().HaveCountGreaterThanOrEqualTo(8);
    }

    [Theory]
    [InlineData("Arc Pro B70")]
    [InlineData("RTX PRO 5000 Blackwell 72GB")]
    [InlineData("Jetson T4000")]
    [InlineData("GeForce RTX 4050 Laptop")]
    [InlineData("GeForce RTX 4090 Laptop")]
    [InlineData("GeForce RTX 5080 Laptop")]
    [InlineData("GeForce RTX 3080 Laptop")]
    [InlineData("GeForce RTX 3050 6GB")]
    [InlineData("Radeon RX 5700 XT")]
    [InlineData("Tesla K80")]
    [InlineData("Jetson Nano")]
    [InlineData("Ryzen AI Max+ 395")]
    [InlineData("Arc Pro B65")]
    [InlineData("Instinct MI350P")]
    [InlineData("RTX PRO 4500 Blackwell Server")]
    [InlineData("Radeon RX 9050 4GB")]
    public void Cards_that_users_ask_for_are_in_it(string name) => Catalog.Match(name).Should().NotBeEmpty();

    /// <summary>Caches that no source at hand states.</summary>
    [Fact]
    public void The_cache_of_every_NVIDIA_and_AMD_card_is_known_but_of_the_newest()
        => Catalog.Cards.Where(card => card.Vendor is GpuVendor.Nvidia or GpuVendor.Amd && card.CacheBeforeMemory is null)
            .Select(card => card.Name).Should().BeSubsetOf(
            [
                "H20", "GB10 (DGX Spark)", "RTX Spark (N1X)", "Jetson AGX Thor (T5000)", "Jetson T4000", "Rubin", "Instinct MI455X",
                "Instinct MI440X", "Jetson Nano",
            ]);

    [Fact]
    public void Few_cards_that_one_buys_lack_a_price()
    {
        var recent = Catalog.Cards.Where(card => card.Segment is not (null or GpuSegment.DataCenter) && card.ReleaseYear >= 2018).ToList();
        var unknown = recent.Where(card => Catalog.Prices.ToBuy(card, used: true) is null).ToList();
        output.WriteLine($"{unknown.Count} of {recent.Count}: {string.Join(", ", unknown.Select(card => card.Name))}");
        (unknown.Count(card => card.Vendor != GpuVendor.Apple) / (double)recent.Count).Should().BeLessThan(0.25);
    }

    [Fact]
    public void Every_figure_that_is_not_arithmetic_names_its_source()
        => Catalog.Cards.Should().OnlyContain(card => card.Sources.Count > 0);

    private static double Figure(GpuSpec card, string name) => name switch
    {
        "bandwidth" => card.Bandwidth.GigabytesPerSecond,
        "memory" => card.Vram.Gibibytes,
        "cache" => card.L2Cache!.Value.Mebibytes,
        "power" => card.Tdp!.Value.Watts,
        "price" => card.LaunchPrice!.Value.Dollars,
        "units" => card.ComputeUnits!.Value,
        "cores" => card.Cores!.Value,
        "matrix cores" => card.MatrixCores!.Value,
        "clock" => card.BoostClock!.Value.Megahertz,
        "link" => card.InterconnectBandwidth!.Value.GigabytesPerSecond,
        "fp64" => card.Float64Rate!.Value.Teraflops,
        "fp32" => card.Float32Rate!.Value.Teraflops,
        "fp16 matrix" => card.Float16MatrixRate!.Value.Teraflops,
        "bf16 matrix" => card.BFloat16MatrixRate!.Value.Teraflops,
        "fp16 vector" => card.Float16VectorRate!.Value.Teraflops,
        "fp16 reached" => card.ReachedFloat16Rate!.Value.Teraflops,
        "fp32 reached" => card.ReachedFloat32Rate!.Value.Teraflops,
        _ => card.Int8Rate!.Value.Teraflops,
    };
}
