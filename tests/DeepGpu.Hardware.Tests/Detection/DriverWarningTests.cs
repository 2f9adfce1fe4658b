using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>Drivers that are older than a card: an RTX 5090 needs CUDA 12.8 (compute capability 12.0), whose release notes ask for driver
/// 570; an RTX 3090 needs CUDA 11.1 and driver 455.</summary>
public class DriverWarningTests
{
    [Theory]
    [InlineData("GeForce RTX 5090", "550.54.14", "The card needs CUDA 12.8, which needs driver 570 or newer, but the driver is 550.54.14. "
        + "Install driver 570 or newer and PyTorch 2.7 or newer.")]
    [InlineData("GeForce RTX 5090", "570.26", null)]
    [InlineData("GeForce RTX 5090", "580.65.06", null)]
    [InlineData("GeForce RTX 3090", "450.36.06",
        "The card needs CUDA 11.1, which needs driver 455 or newer, but the driver is 450.36.06. Install driver 455 or newer*.")]
    [InlineData("GeForce RTX 3090", "455.23", null)]
    [InlineData("GeForce RTX 3090", null, null)]
    [InlineData("GeForce RTX 3090", "unknown", null)]
    public void A_driver_that_is_older_than_the_card_needs_is_told_with_the_remedy(string card, string? driver, string? text)
    {
        var device = new GpuDevice
        {
            Index = 0,
            Name = card,
            Vendor = GpuVendor.Nvidia,
            DriverVersion = driver,
            Spec = GpuCatalog.Default.Find(card),
        };
        var warnings = GpuWarnings.Of(device, new()).Where(warning => warning.Kind == GpuWarningKind.DriverTooOld).ToList();
        if (text is null) warnings.Should().BeEmpty();
        else warnings.Single().Text.Should().Match(text);
    }

    [Theory]
    [InlineData("13.1", 580)]
    [InlineData("12.7", 560)]
    [InlineData("11.8", 520)]
    [InlineData("7.5", null)]
    public void A_toolkit_needs_the_driver_of_its_release_notes(string toolkit, int? branch)
        => CudaDrivers.For(Version.Parse(toolkit)).Should().Be(branch);
}
