namespace DeepGpu.Tests.Runtime;

public sealed class EngineVerdictsTests : IDisposable
{
    private static readonly EngineCheck Verdict = new()
    {
        Checked = EngineComputations.All,
        Remedy = EngineRemedy.OneDnnOff,
        IsPredicted = true,
        Wrong = [new("Conv1D 1 to 1, kernel 2", 0.8172551), new("LSTM 1 to 4", double.PositiveInfinity)],
    };

    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("deepgpu-verdicts-");
    private readonly string? _before = Environment.GetEnvironmentVariable("DEEPGPU_CACHE");

    public EngineVerdictsTests() => Environment.SetEnvironmentVariable("DEEPGPU_CACHE", _cache.FullName);

    [Fact]
    public void A_verdict_is_read_by_the_next_process_and_says_where_it_comes_from()
    {
        Of("abc").Write(Verdict);
        Of("abc").Read().Should().BeEquivalentTo(Verdict with { IsFromCache = true });
    }

    [Fact]
    public void Another_build_another_prediction_and_another_setting_have_verdicts_of_their_own()
    {
        Of("abc").Write(Verdict);
        Of("abd").Read().Should().BeNull();
        Of("abc", isPredicted: true).Read().Should().BeNull();
        Environment.SetEnvironmentVariable("ONEDNN_DEFAULT_FPMATH_MODE", "ANY");
        try
        {
            Of("abc").Read().Should().BeNull();
        }
        finally
        {
            Environment.SetEnvironmentVariable("ONEDNN_DEFAULT_FPMATH_MODE", null);
        }

        Of("abc").Read().Should().NotBeNull();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "[")]
    [InlineData("\"remedy\":\"OneDnnOff\"", "\"remedy\":\"Hope\"")]
    [InlineData("\"remedy\":\"OneDnnOff\"", "\"remedy\":7")]
    [InlineData("\"predicted\":true,", "")]
    [InlineData("\"key\":\"", "\"key\":\"0")]
    [InlineData("0.8172551", "\"much\"")]
    public void A_damaged_or_foreign_verdict_is_as_none(string part, string replacement)
    {
        Of("abc").Write(Verdict);
        var file = _cache.GetFiles("*.json", SearchOption.AllDirectories).Single().FullName;
        File.WriteAllText(file, part.Length == 0 ? "" : File.ReadAllText(file).Replace(part, replacement, StringComparison.Ordinal));
        Of("abc").Read().Should().BeNull();
    }

    [Fact]
    public void Where_none_can_be_kept_the_check_continues_without()
    {
        File.WriteAllText(Path.Combine(_cache.FullName, "numerics"), "in the way");
        Of("abc").Write(Verdict);
        Of("abc").Read().Should().BeNull();
    }

    [Fact]
    public void The_build_id_of_the_loaded_libtorch_is_40_digits_and_a_text_has_none()
    {
        if (OperatingSystem.IsLinux()) TorchRuntime.CheckEngine().LibTorchBuildId.Should().MatchRegex("^[0-9a-f]{40}$");
        var text = Path.Combine(_cache.FullName, "text.so");
        File.WriteAllText(text, new string('x', 100));
        LibTorchBuild.Id(text).Should().BeNull();
        File.WriteAllText(text, "short");
        LibTorchBuild.Id(text).Should().BeNull();
        LibTorchBuild.Id(text + ".gone").Should().BeNull();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("DEEPGPU_CACHE", _before);
        _cache.Delete(recursive: true);
    }

    private static EngineVerdicts Of(string buildId, bool isPredicted = false) => new("libtorch_cpu.so", buildId, isPredicted);
}
