using DeepGpu.Runtime;

namespace DeepGpu.Tests.Runtime;

public class DeviceTests
{
    private static readonly TorchRuntimeReport CpuOnly = new()
    {
        IsUsable = true,
        TorchSharpVersion = "0.107.0",
        ExpectedLibTorchVersion = "2.10.0",
        LibTorchVersion = "2.10.0",
        LibTorchFolder = "/app",
        Problems = [],
    };

    [Fact]
    public void Cuda_where_there_is_none_is_an_error_that_names_the_cause()
    {
        Assert.SkipWhen(Device.Best().Kind == DeviceKind.Cuda, "needs a machine without CUDA");
        FluentActions.Invoking(() => Device.Cuda())
            .Should().Throw<DeviceUnavailableException>().WithMessage("CUDA device 0 was asked for, but *");
        Device.Cuda(allowCpu: true).Should().Be(Device.Cpu);
    }

    [Fact]
    [Trait("needs", "gpu")]
    public void A_gpu_is_the_best_device_where_there_is_one()
    {
        Assert.SkipUnless(new CudaDriver().DeviceCount > 0 && TorchRuntime.Start().HasCudaLibraries,
            "needs a GPU and a CUDA build of libtorch");
        Device.Best().Should().Be(Device.Cuda(0));
    }

    [Theory]
    [InlineData(false, null, null, false, "but no NVIDIA driver is installed (its library cannot be loaded). Install the NVIDIA driver;")]
    [InlineData(true, "11.4", null, false,
        "but the NVIDIA driver is too old: it supports CUDA 11.4, 12.0 is needed. Update the NVIDIA driver.")]
    [InlineData(true, "12.8", null, false, "but the NVIDIA driver does not start. Run nvidia-smi:")]
    [InlineData(true, "12.8", 0, false, "but the driver offers 0 devices. Choose an index below")]
    [InlineData(true, "12.8", 2, false, "but libtorch from /app is a CPU-only build. Reference TorchSharp-cuda-linux")]
    [InlineData(true, "12.8", 2, true, "but libtorch cannot use the driver. Look at the versions")]
    public void Each_cause_has_its_remedy(bool installed, string? cuda, int? devices, bool cudaBuild, string expected)
    {
        var driver = new FakeDriver(installed, cuda is null ? null : Version.Parse(cuda), devices);
        CudaDiagnosis.Explain(0, driver, CpuOnly with { HasCudaLibraries = cudaBuild })
            .ToString().Should().StartWith("CUDA device 0 was asked for, " + expected);
    }

    [Fact]
    public void A_negative_index_is_refused()
        => FluentActions.Invoking(() => Device.Cuda(-1))
            .Should().Throw<DeepGpuArgumentException>().WithMessage("Device: index must be at least 0, but is -1. *");

    [Theory]
    [InlineData("torch/version.py", "__version__ = '2.11.0+cu128'", "torch/lib", "2.11.0+cu128", true)]
    [InlineData("libtorch/build-version", "2.10.1+cpu", "libtorch/lib", "2.10.1+cpu", false)]
    public void The_release_of_a_libtorch_folder_is_found_and_skew_reported(string file, string content,
        string libraries, string version, bool skew)
    {
        var root = Directory.CreateTempSubdirectory("deepgpu-tests-").FullName;
        Directory.CreateDirectory(Path.Combine(root, libraries));
        File.WriteAllText(Path.Combine(root, file), content);
        LibTorchVersion.Read(Path.Combine(root, libraries)).Should().Be(version);
        LibTorchVersion.Skew(version).Should().Be(skew);
        Directory.Delete(root, recursive: true);
    }

    private sealed record FakeDriver(bool IsInstalled, Version? CudaVersion, int? DeviceCount) : ICudaDriver;
}
