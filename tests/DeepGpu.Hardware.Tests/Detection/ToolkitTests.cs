using DeepGpu.Hardware.Detection;

namespace DeepGpu.Hardware.Tests.Detection;

/// <summary>Installed toolkits, by the files that CUDA and ROCm write and by what nvcc prints, and the cards they are too old or too new
/// for.</summary>
public sealed class ToolkitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgpu-toolkit").FullName;

    [Theory]
    [InlineData("""{"cuda": {"name": "CUDA SDK", "version": "12.4.1"}, "cuda_cudart": {"name": "CUDA Runtime", "version": "12.4.127"}}""",
        "12.4.1")]
    [InlineData("""{"cuda": {"name": "CUDA SDK", "version": "11.8.20220929"}}""", "11.8.20220929")]
    [InlineData("""{"cuda": {"version": 12}}""", null)]
    [InlineData("""{"cuda": "12.4"}""", null)]
    [InlineData("""{"cuda": {"version": "twelve"}}""", null)]
    [InlineData("""{"cuda": {"version": "12.4"}, "cuda": {"version": "11.8"}}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public async Task CUDA_states_its_release_in_version_json(string json, string? version)
        => (await Cuda("version.json", json))?.Version.ToString().Should().Be(version);

    [Theory]
    [InlineData("CUDA Version 10.2.89\n", "10.2.89")]
    [InlineData("CUDA Version 9.0.176\nCUDA Patch Version 9.0.176.1\n", "9.0.176")]
    [InlineData("nothing", null)]
    public async Task Before_11_1_it_is_version_txt(string text, string? version)
        => (await Cuda("version.txt", text))?.Version.ToString().Should().Be(version);

    [Theory]
    [InlineData("6.0.2-115", "6.0.2")]
    [InlineData("5.7.1\n", "5.7.1")]
    [InlineData("4.5.2-9999-abc", "4.5.2")]
    [InlineData("rocm", null)]
    public async Task ROCm_states_its_release_in_info_version(string text, string? version)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".info"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".info", "version"), text, TestContext.Current.CancellationToken);
        var found = await Read(new() { RocmFolder = _folder, CudaFolder = Path.Combine(_folder, "none") });
        found.SingleOrDefault()?.Version.ToString().Should().Be(version);
        found.All(toolkit => toolkit.Platform == GpuPlatform.Rocm).Should().BeTrue();
    }

    [Fact]
    public void The_compiler_prints_its_release()
        => ToolkitReader.OfCompiler("""
            nvcc: NVIDIA (R) Cuda compiler driver
            Cuda compilation tools, release 12.1, V12.1.66
            Build cuda_12.1.r12.1/compiler.32415258_0
            """).Should().Be(new Version(12, 1));

    [Fact]
    public async Task The_variables_name_the_folder_and_the_first_that_holds_one_wins()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "version.txt"), "CUDA Version 11.0.228", TestContext.Current.CancellationToken);
        var reader = new ToolkitReader(new SystemCommands(), new() { RocmFolder = _folder }, name => name switch
        {
            "CUDA_PATH" => Path.Combine(_folder, "none"),
            "CUDA_HOME" => _folder,
            _ => null,
        });
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).Single().ToString().Should().Be($"CUDA 11.0.228 ({_folder})");
    }

    /// <summary>Compute capability 12.0 came with CUDA 12.8, 8.9 with 11.8; 6.1 was last compiled by 12.9, 3.7 by 11.8.</summary>
    [Theory]
    [InlineData("GeForce RTX 5090", "12.4.1", GpuWarningKind.ToolkitTooOld, "*needs CUDA 12.8 or newer, but CUDA 12.4.1 (/opt/c) is "
        + "installed. Install CUDA 12.8 or newer; wheels bring their own: PyTorch 2.7 or newer runs.")]
    [InlineData("GeForce RTX 5090", "12.8.0", null, "")]
    [InlineData("GeForce RTX 4090", "11.7.99", GpuWarningKind.ToolkitTooOld, "*needs CUDA 11.8 or newer*")]
    [InlineData("GeForce RTX 4090", "13.0", null, "")]
    [InlineData("GeForce GTX 1080 Ti", "13.0.1", GpuWarningKind.ToolkitTooNew, "The last CUDA that compiles for the card is 12.9, but "
        + "CUDA 13.0.1 (/opt/c) is installed. Install CUDA 12.9 beside it and name its folder, or choose a newer card.")]
    [InlineData("GeForce GTX 1080 Ti", "12.9.86", null, "")]
    [InlineData("Tesla K80", "12.0", GpuWarningKind.ToolkitTooNew, "*is 11.8, but CUDA 12.0 *")]
    [InlineData("Radeon RX 7900 XTX", "11.0", null, "")]
    public void A_toolkit_that_is_too_old_or_too_new_for_a_card_is_told_with_the_remedy(string card, string version, GpuWarningKind? kind,
        string text)
    {
        var spec = GpuCatalog.Default.Find(card);
        var device = new GpuDevice { Index = 0, Name = card, Vendor = spec.Vendor, Spec = spec };
        var warnings = GpuWarnings.Of(device, new(), [new(GpuPlatform.Cuda, Version.Parse(version), "/opt/c")])
            .Where(warning => warning.Kind is GpuWarningKind.ToolkitTooOld or GpuWarningKind.ToolkitTooNew).ToList();
        if (kind is null) warnings.Should().BeEmpty();
        else warnings.Single().Should().Match<GpuWarning>(warning => warning.Kind == kind).And.Subject.ToString().Should().Match(text);
    }

    [Fact]
    public async Task A_detection_holds_the_toolkits_and_asks_for_them_once()
    {
        var asked = 0;
        using var detector = new GpuDetector([new FakeGpuMachine(new FakeGpu())])
        {
            Toolkits = _ =>
            {
                asked++;
                return ValueTask.FromResult<IReadOnlyList<GpuToolkit>>([new(GpuPlatform.Cuda, new(7, 5), "/opt/c")]);
            },
        };
        await detector.DetectAsync(TestContext.Current.CancellationToken);
        var detection = await detector.DetectAsync(TestContext.Current.CancellationToken);
        asked.Should().Be(1);
        detection.Toolkits.Single().Version.Should().Be(new Version(7, 5));
        detection.Devices.Single().Warnings.Should().Contain(warning => warning.Kind == GpuWarningKind.ToolkitTooOld);
        detection.ToJson().Should().Contain("\"toolkits\"").And.Contain("\"7.5\"");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<GpuToolkit?> Cuda(string file, string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, file), content, TestContext.Current.CancellationToken);
        return (await Read(new() { CudaFolder = _folder, RocmFolder = Path.Combine(_folder, "none") })).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<GpuToolkit>> Read(GpuDetectionOptions options)
        => await new ToolkitReader(new SystemCommands(), options, _ => null).ReadAsync(TestContext.Current.CancellationToken);
}
