using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Measures;

/// <summary>A file of C#, parsed. The path is relative to the root and has slashes.</summary>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines, SyntaxTree Tree)
{
    /// <summary>src/DeepGpu.Models of src/DeepGpu.Models/Layers/Core/Dense.cs.</summary>
    public string Project => string.Join('/', Path.Split('/').Take(2));

    /// <summary>The first folder inside the project; "(root)" for a file beside the project file.</summary>
    public string Folder => Path.Split('/') is { Length: > 3 } parts ? parts[2] : "(root)";

    /// <summary>Written by ./build.sh generate.</summary>
    public bool IsGenerated => Path.Split('/').Contains("Generated");

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>Every file of C# below src, tests, benchmarks, samples and eng.</summary>
internal sealed record SourceTree(string Root, IReadOnlyList<SourceFile> Files)
{
    private static readonly string[] Roots = ["src", "tests", "benchmarks", "samples", "eng"];

    /// <summary>The newest language, so that nothing is misread.</summary>
    public static CSharpParseOptions Options { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>The files of src that a person writes.</summary>
    public IEnumerable<SourceFile> Written => Product.Where(file => !file.IsGenerated);

    public IEnumerable<SourceFile> Product => Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    public static SourceTree Read(string root) => new(root,
        [.. Roots.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal).Select(path => Read(root, path))]);

    private static SourceFile Read(string root, string path)
    {
        var text = File.ReadAllText(Path.Combine(root, path));
        return new(path, text.TrimEnd('\n').Split('\n'), CSharpSyntaxTree.ParseText(text, Options, path));
    }
}
