using System.Diagnostics;
using DeepGpu.Testing;

namespace DeepGpu.Hardware.Tests;

/// <summary>Holds a reader to the corpus: valid files load, bad ones are refused with the manifest's code,
/// in time, without a trace.</summary>
internal static class HostileFiles
{
    public static void Check(string kind, Func<HostileFile, object> read)
    {
        var folder = Path.GetDirectoryName(HostileCorpus.OfKind(kind)[0].Path)!;
        HostileCorpus.OfKind(kind).Select(file => Deviation(file, read)).OfType<string>().Should().BeEmpty();
        Directory.GetFiles(Path.GetTempPath(), "deepgpu-canary*").Should().BeEmpty();
        Directory.Exists(folder).Should().BeTrue();
    }

    private static string? Deviation(HostileFile file, Func<HostileFile, object> read)
    {
        var clock = Stopwatch.StartNew();
        var code = Code(() => read(file));
        var limit = file.Entry.GetProperty("limits").GetProperty("seconds").GetDouble();
        if (clock.Elapsed.TotalSeconds > limit) return $"{file.Id}: took {clock.Elapsed}";
        var wanted = file.Entry.GetProperty("code").GetString();
        return file.Expect switch
        {
            "load" => code is null ? null : $"{file.Id}: refused with {code}",
            "reject" => code == wanted ? null : $"{file.Id}: {code ?? "loaded"} instead of {wanted}",
            _ => code is null || code == wanted ? null : $"{file.Id}: {code} instead of {wanted}",
        };
    }

    /// <summary>The code of the refusal, or null; any other exception is a finding of its own.</summary>
    private static string? Code(Func<object> read)
    {
        try
        {
            read();
            return null;
        }
        catch (ModelFormatException e)
        {
            return e.Fault.Code;
        }
#pragma warning disable CA1031 // The finding is listed with the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.GetType().Name;
        }
    }
}
