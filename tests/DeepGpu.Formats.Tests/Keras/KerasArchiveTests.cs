using System.IO.Compression;
using System.Text;

namespace DeepGpu.Formats.Tests;

/// <summary>The archive of a .keras file: its description, and weights in either form.</summary>
public class KerasArchiveTests
{
    public static TheoryData<string, string> Configs => new()
    {
        { "{", "config_not_json" },
        { "{\"a\":NaN}", "config_not_json" },
        { "{\"a\":1,\"a\":2}", "duplicate_key" },
        { "[]", "config_not_object" },
    };

    [Theory]
    [MemberData(nameof(Configs))]
    public void A_config_that_is_no_JSON_object_is_refused(string config, string code) => ShouldBeRefused(config, code);

    [Fact]
    public void A_config_may_neither_nest_nor_grow_without_end()
    {
        ShouldBeRefused($"{{\"a\":{new string('[', 100_000)}", "too_deep");
        ShouldBeRefused($"{{\"a\":\"{new string(' ', 17 << 20)}\"}}", "member_too_large");
    }

    [Fact]
    public void Deflated_weights_that_would_grow_too_far_are_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var config = zip.CreateEntry("config.json").Open()) config.Write("{}"u8);
            using var weights = zip.CreateEntry("model.weights.h5").Open();
            weights.Write(new byte[64 << 20]);
        }

        var bytes = stream.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With("expansion_bomb", () => KerasArchive.Open(bytes));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void A_config_that_was_deflated_to_nothing_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var config = zip.CreateEntry("config.json").Open();
            config.Write(Encoding.UTF8.GetBytes($"{{\"a\":\"{new string(' ', 8 << 20)}\"}}"));
        }

        Refused.With("expansion_bomb", () => KerasArchive.Open(stream.ToArray())).Entry.Should().Be("config.json");
    }

    [Fact]
    public void An_archive_may_hold_npz_weights_instead()
    {
        using var npz = new MemoryStream();
        NpzFile.Write(npz, [new("layers/dense/vars/0", Samples.Of(DataType.Float32))]);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var config = zip.CreateEntry("config.json").Open()) config.Write("{}"u8);
            using var weights = zip.CreateEntry("model.weights.npz").Open();
            weights.Write(npz.ToArray());
        }

        using var archive = KerasArchive.Open(stream.ToArray());
        Samples.ShouldEqual(archive.Weights, [new("layers/dense/vars/0", Samples.Of(DataType.Float32))]);
    }

    private static void ShouldBeRefused(string config, string code)
    {
        using var stream = new MemoryStream();
        KerasArchive.Write(stream, config, "{}", []);
        Refused.With(code, () => KerasArchive.Open(stream.ToArray())).Entry.Should().Be("config.json");
    }
}
