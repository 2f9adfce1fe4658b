using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGpu.Generate;

/// <summary>The hand-written sources as one compilation. It need not compile: torch is missing, and so is all that is generated.</summary>
internal static class SourceCode
{
    private static readonly string[] Projects = ["DeepGpu.Abstractions", "DeepGpu.Models", "DeepGpu.Formats", "DeepGpu"];

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static CSharpParseOptions Options { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest).WithDocumentationMode(DocumentationMode.Diagnose);

    public static CSharpCompilation Compile(string root)
    {
        var files = Projects.SelectMany(project => Files(Path.Combine(root, "src", project)));
        var trees = files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Options, path)).ToList();
        trees.Add(CSharpSyntaxTree.ParseText(ImplicitUsings, Options));
        var library = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        return CSharpCompilation.Create("Sources", trees, References(), library.WithNullableContextOptions(NullableContextOptions.Enable));
    }

    /// <summary>The sources and more of them.</summary>
    public static CSharpCompilation With(CSharpCompilation sources, IEnumerable<string> texts)
        => sources.AddSyntaxTrees(texts.Select(text => CSharpSyntaxTree.ParseText(text, Options)));

    public static bool IsGenerated(string path) => path.Split('/', '\\').Contains(Repository.Folder) && !IsBuilt(path);

    private static IEnumerable<string> Files(string project)
        => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBuilt(path) && !IsGenerated(path)).Order(StringComparer.Ordinal);

    private static bool IsBuilt(string path) => path.Split('/', '\\') is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    private static IEnumerable<MetadataReference> References()
    {
        var paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return paths.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
    }
}
