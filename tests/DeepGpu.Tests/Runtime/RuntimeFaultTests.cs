namespace DeepGpu.Tests.Runtime;

public class RuntimeFaultTests
{
    [Fact]
    public void The_hint_for_a_missing_libtorch_puts_it_where_it_is_looked_for()
    {
        var fault = RuntimeFaults.NoLibTorch([("nowhere", "application")]);
        var package = $"libtorch-cpu-{NativePlatform.Rid}";
        fault.Remedy.Should().Contain($"'dotnet package download {package}@2.10.0 --output \"{NativeFolders.PackageCache()}\"'");
        NativeFolders.Default(package, "2.10.0").Last().Folder.Should().StartWith(Path.Combine(NativeFolders.PackageCache(), package, "2.10.0"));
    }
}
