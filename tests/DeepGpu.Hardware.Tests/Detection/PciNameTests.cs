using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>Names as pci.ids writes them, and GPUs whose memory is the machine's.</summary>
public class PciNameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]",
        "Radeon RX 7900 XT|Radeon RX 7900 XTX|Radeon RX 7900 GRE|Radeon RX 7900M")]
    [InlineData("Advanced Micro Devices, Inc. [AMD/ATI] Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]",
        "Radeon RX 6800|Radeon RX 6800 XT|Radeon RX 6900 XT")]
    [InlineData("Vega 10 XL/XT [Radeon RX Vega 56/64]", "Radeon RX Vega 56|Radeon RX Vega 64")]
    [InlineData("Navi 31 GL [Radeon PRO W7900]", "Radeon PRO W7900")]
    [InlineData("GA102 [GeForce RTX 3090]", "GeForce RTX 3090")]
    [InlineData("Radeon RX 7900 XTX", "")]
    [InlineData("Device [", "")]
    [InlineData("Device []", "")]
    public void The_products_are_written_out(string name, string products)
        => PciNames.Products(name).Should().Equal(products.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]", 23.98, "Radeon RX 7900 XTX")]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]", 19.98, "Radeon RX 7900 XT")]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]", 15.98, null)] // a GRE or a notebook's 7900M
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX]", 23.98, "Radeon RX 7900 XTX")]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX]", null, null)]
    [InlineData("Navi 22 [Radeon RX 6700/6700 XT/6750 XT / 6800M/6850M XT]", 9.98, "Radeon RX 6700")]
    [InlineData("Navi 22 [Radeon RX 6700/6700 XT/6750 XT / 6800M/6850M XT]", 11.98, null)]
    [InlineData("Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]", 15.98, null)]
    [InlineData("Navi 31 GL [Radeon PRO W7900]", 44.98, "Radeon PRO W7900")]
    [InlineData("Navi 31 [Radeon RX 7900 XTX/9999 XT]", 23.98, null)] // who knows what a 9999 XT has
    public async Task A_card_is_found_where_its_memory_leaves_no_other(string name, double? gibibytes, string? card)
    {
        var spec = (await Detected(name, GpuVendor.Amd, gibibytes)).Spec;
        (spec?.Name).Should().Be(card);
    }

    [Theory]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]", 15.98)]
    [InlineData("Navi 31 [Radeon RX 7900 XT/7900 XTX]", null)]
    [InlineData("AMD GPU 0x744c", 23.98)]
    public async Task A_name_of_several_cards_is_no_card(string name, double? gibibytes)
        => (await Detected(name, GpuVendor.Amd, gibibytes)).Spec.Should().BeNull();

    [Fact]
    public async Task Memory_that_is_the_machines_is_read_there()
    {
        (await Detected("NVIDIA GB10", GpuVendor.Nvidia, null, machine: 119.7)).TotalMemory.Should().Be(ByteSize.FromGibibytes(119.7));
        (await Detected("NVIDIA GB10", GpuVendor.Nvidia, null)).TotalMemory.Should().BeNull("nobody said it");
        (await Detected("NVIDIA GeForce RTX 3090", GpuVendor.Nvidia, null, machine: 64)).TotalMemory.Should().BeNull("it has its own");
    }

    private static async Task<GpuDevice> Detected(string name, GpuVendor vendor, double? gibibytes, double? machine = null)
    {
        var device = new GpuDevice
        {
            Index = 0,
            Name = name,
            Vendor = vendor,
            TotalMemory = gibibytes is { } memory ? ByteSize.FromGibibytes(memory) : null,
        };
        using var detector = new GpuDetector([new One(device)])
        {
            MachineMemory = () => machine is { } memory ? ByteSize.FromGibibytes(memory) : null,
        };
        return (await detector.DetectAsync(Cancel)).Devices.Should().ContainSingle().Which;
    }

    private sealed class One(GpuDevice device) : IGpuSource
    {
        public string Name => "one";

        public ValueTask<GpuSourceResult> ReadAsync(CancellationToken cancellationToken = default) => new(GpuSourceResult.Found([device]));
    }
}
