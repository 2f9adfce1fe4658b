using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Catalog;

public class CatalogNamesTests(ITestOutputHelper output)
{
    /// <summary>Names that say less than one card ("V100" is four) or name a computer beside the card.</summary>
    private static readonly string[] NotOneCard = ["A100", "A100 40GB", "A100 80GB", "V100", "V100 16GB", "V100 32GB", "V100_16GB",
        "A100_PCIe", "A100_SXM4", "NV_V100", "NV_TitanX", "Tesla P100", "Tesla V100 PCIe/SXM2 (Zeus NSDI23)", "p3.2xlarge", "GH200 80GB"];

    /// <summary>Where the catalogue has a better source (two makers' power, arithmetic for the Jetsons that the sheet rounds, 2048 bits at
    /// the 1.89 Gbit/s that the MI25's other source states) or,
    /// for A10G and Arc A770, none: the sheet has those rates from memory.</summary>
    private static readonly (string Card, string Field)[] TakenFromElsewhere =
        [("Radeon RX 7900 XT", "tdpWatts"), ("L40S", "tdpWatts"), ("Arc A770 16GB", "fp16MatrixTflops"), ("A10G", "fp16MatrixTflops"),
            ("Jetson Xavier NX 8GB", "fp16MatrixTflops"), ("Radeon Instinct MI25", "bandwidthGBs")];

    /// <summary>The sheet has the A10G with 72 units and 150 W, and cards report 80 units and a limit of 300 W; it has the Jetson Orin
    /// Nano as sold until 2024, and since then its kit is the faster "Super".</summary>
    private static readonly string[] WrongRows = ["A10G", "Jetson Orin Nano 8GB"];

    [Fact]
    public void Every_card_of_the_spec_sheet_is_found_by_its_name_with_its_figures()
    {
        var rows = Rows("gpus.csv");
        foreach (var row in rows.Where(row => !WrongRows.Contains(row["name"])))
        {
            var card = GpuCatalog.Default.Find(row["name"]);
            card.Vram.Gibibytes.Should().BeApproximately(Number(row["vram_gb"]), 0.01, card.Name);
            if (!TakenFromElsewhere.Contains((card.Name, "bandwidthGBs")))
                card.Bandwidth.GigabytesPerSecond.Should().BeApproximately(Number(row["bandwidth_gbs"]),
                    0.03 * Number(row["bandwidth_gbs"]), card.Name);
            card.Float32Rate!.Value.Teraflops.Should().BeApproximately(Number(row["fp32_tflops"]),
                0.03 * Number(row["fp32_tflops"]), card.Name);
            if (!TakenFromElsewhere.Contains((card.Name, "tdpWatts"))) card.Tdp!.Value.Watts.Should().Be(Number(row["tdp_w"]), card.Name);
            if (row["fp16_tensor_fp32acc_tflops_dense"] is { Length: > 0 } text
                && !TakenFromElsewhere.Contains((card.Name, "fp16MatrixTflops")))
                card.Float16MatrixRate!.Value.Teraflops.Should().BeApproximately(Number(text), 0.03 * Number(text), card.Name);
        }

        output.WriteLine($"{rows.Count} cards");
        rows.Should().HaveCount(95);
    }

    [Theory]
    [InlineData("headline_training.csv", "gpu")]
    [InlineData("throughput_single_gpu.csv", "gpu_catalogue_name")]
    [InlineData("throughput_single_gpu.csv", "gpu")]
    [InlineData("energy.csv", "gpu")]
    [InlineData("ops_conv_forward.csv", "gpu")]
    [InlineData("ops_deepbench.csv", "gpu")]
    [InlineData("vram_peak.csv", "gpu")]
    public void Every_name_that_means_one_card_is_found(string file, string column)
    {
        var names = Rows(file).Select(row => row[column]).Where(name => name.Length > 0)
            .Distinct().Where(name => !NotOneCard.Contains(name) && !NamesAComputer(name)).ToList();
        names.Where(name => GpuCatalog.Default.Match(name).Count != 1).Should().BeEmpty();
        output.WriteLine($"{names.Count} names");
        names.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("V100")]
    [InlineData("A100 80GB")]
    [InlineData("V100_16GB")]
    public void A_name_of_several_cards_lists_them(string name) => GpuCatalog.Default.Match(name).Should().HaveCountGreaterThan(1);

    [Theory]
    [InlineData("RTX 3080 Ti Super")]
    [InlineData("RTX 4070 Hyper")]
    [InlineData("B400")]
    public void A_card_that_does_not_exist_is_never_taken_for_one_that_does(string name)
        => GpuCatalog.Default.Match(name).Should().BeEmpty();

    /// <summary>"LambdaCloud A100 40GB PCIe" and the like: whose computer it was, then the card.</summary>
    private static bool NamesAComputer(string name)
        => new[] { "Lambda", "1CC", "Dell", "SMC", "RAIDZ1" }.Any(name.StartsWith) || name.Contains("per paper", StringComparison.Ordinal);

    private static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadLines(ReferenceData.Path("measurements", file)).ToList();
        var columns = MeasuredTraining.Csv(lines[0]);
        return [.. lines.Skip(1)
            .Select(line => columns.Zip(MeasuredTraining.Csv(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
