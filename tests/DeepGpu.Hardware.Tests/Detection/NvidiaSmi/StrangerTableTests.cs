using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>Tables of nvidia-smi as strangers reported them: one odd cell, line or lost card does not lose the others.</summary>
public sealed class StrangerTableTests
{
    [Theory]
    [InlineData("mig_insufficient_permissions.csv", 0, "NVIDIA A100-SXM4-80GB")]
    [InlineData("inforom_warning_exit14.csv", 14, "NVIDIA GeForce RTX 3090")]
    public void A_card_is_found_beside_what_cannot_be_read(string file, int exitCode, string name)
        => Read(file, exitCode).Should().ContainSingle().Which.Name.Should().Be(name);

    [Fact]
    public void A_memory_that_may_not_be_read_is_unknown()
        => Read("mig_insufficient_permissions.csv", 0)[0].TotalMemory.Should().BeNull();

    [Fact]
    public void A_warning_is_handed_on()
        => Read("inforom_warning_exit14.csv", 14)[0].Warnings.Should()
            .ContainSingle(warning => warning.Kind == GpuWarningKind.DriverMessage)
            .Which.Text.Should().Contain("infoROM is corrupted");

    [Fact]
    public void A_lost_card_does_not_lose_the_others()
    {
        var devices = Read("one_of_two_lost.csv", 0);
        devices.Select(device => device.Index).Should().Equal(0, 1);
        devices[0].Problem.Should().BeNull();
        devices[0].TotalMemory.Should().Be(ByteSize.FromMebibytes(24576));
        devices[1].Problem!.Code.Should().Be("gpu_lost");
    }

    [Theory]
    [InlineData("Failed to initialize NVML: Unknown Error", "restart the container")]
    [InlineData("Failed to initialize NVML: GPU access blocked by the operating system", "wsl --shutdown")]
    public void A_known_text_gets_its_own_remedy(string text, string remedy)
        => FluentActions.Invoking(() => NvidiaSmiOutput.Parse(text + "\n", 255)).Should().Throw<ModelFormatException>()
            .Which.Fault.Remedy.Should().Contain(remedy);

    private static IReadOnlyList<GpuDevice> Read(string file, int exitCode)
        => NvidiaSmiOutput.Parse(File.ReadAllBytes(ReferenceData.Path("bugs", "gpu", file)), exitCode);
}
