using System.ComponentModel;

namespace DeepGpu.Testing;

/// <summary>Programs of tests/Independent, which share nothing with the library.</summary>
public static class PythonPrograms
{
    /// <summary>Runs one; the test is skipped where no Python with its modules is.</summary>
    /// <param name="program">The file in tests/Independent.</param>
    /// <param name="modules">What it imports, "numpy, h5py".</param>
    /// <param name="arguments">What it is given.</param>
    public static ChildProcess Run(string program, string modules, params string[] arguments)
    {
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(found => Has(found, modules));
        Assert.SkipWhen(python is null, $"needs Python with {modules}");
        return ChildProcess.Run(ChildProcess.With(new(python!, [RepositoryFolder.Path("tests", "Independent", program), .. arguments])));
    }

    private static bool Has(string python, string modules)
    {
        try
        {
            return ChildProcess.Run(ChildProcess.With(new(python, ["-c", $"import {modules}"]))).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
