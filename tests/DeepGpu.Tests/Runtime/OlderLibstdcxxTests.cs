using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Tests.Runtime;

public class OlderLibstdcxxTests
{
    private const string Version = "GLIBCXX_3.4.32";

    private static readonly string Native = Path.Combine(
        NativeFolders.Find("LibTorchSharp", NativeFolders.Default("torchsharp", NativeFolders.TorchSharpVersion))!.Value.Folder,
        NativePlatform.FileName("LibTorchSharp"));

    [Fact]
    public void Only_the_flag_of_the_one_version_changes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var original = File.ReadAllBytes(Native);
        var copy = OlderLibstdcxx.MarkWeak(original)!;
        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != copy[i]).ToList();
        var flags = new ElfFile(original).NeededVersions().Single(need => need.Name == Version).FlagsOffset;
        changed.Should().Equal(flags);
        copy[flags].Should().Be((byte)(original[flags] | 2));
    }

    [Fact]
    public void A_library_that_really_needs_the_version_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var library = File.ReadAllBytes(Native);
        var elf = new ElfFile(library);
        var need = elf.NeededVersions().Single(n => n.Name == Version);
        var other = elf.NeededVersions().First(n => n.Library == need.Library && n.Name != Version && elf.SymbolsOfVersion(n.Index).Any());
        library[need.FlagsOffset + 2] = (byte)other.Index;
        FluentActions.Invoking(() => OlderLibstdcxx.MarkWeak(library))
            .Should().Throw<InvalidDataException>().WithMessage($"The symbol '*' really needs {Version}.");
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused()
        => FluentActions.Invoking(() => new ElfFile(new byte[100])).Should().Throw<InvalidDataException>();

    [Fact]
    public void Torch_runs_here_whatever_this_systems_libstdcxx_is()
    {
        var report = TorchRuntime.Start();
        report.IsUsable.Should().BeTrue();
        report.Problems.Should().BeEmpty();
        report.IsPatchedCopy.Should().Be(OlderLibstdcxx.SystemLacksVersion());
        torch.ones(2).sum().item<float>().Should().Be(2);
    }
}
