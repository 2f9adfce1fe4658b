using Microsoft.CodeAnalysis;

namespace DeepGpu.Generate;

/// <summary>The table of applications: the methods that build one.</summary>
internal static class ApplicationRows
{
    public static CodeText Of(Declarations classes)
    {
        var code = CodeText.File("DeepGpu.Models");
        code.Line("/// <content>The table: every method that builds a network.</content>");
        return code.Line("public static partial class Applications").Block(() =>
            code.Line("private static Application[] Rows() =>").Line("[").Indented(() =>
            {
                foreach (var method in Methods(classes.Class("Applications"))) Row("Keras", method.Name, Build(method, ""));
                foreach (var method in Methods(classes.Class("TorchVision"))) Row("Torch", Name(method), Build(method, "TorchVision."));
                foreach (var method in Methods(classes.Class("Transformers"))) Row("Hub", Name(method), Build(method, "Transformers."));
            }).Line("];"));

        void Row(string source, string name, string build) => code.Line($"{source}(\"{name}\", {build}),");
    }

    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(method => method is { DeclaredAccessibility: Accessibility.Public, ReturnType.Name: "ModelSpec" }
            && method.Parameters.FirstOrDefault()?.Type.Name == "ApplicationOptions");

    private static string Build(IMethodSymbol method, string owner)
        => method.Parameters.Length == 1 ? owner + method.Name : $"options => {owner}{method.Name}(options)";

    /// <summary>What its source calls a network.</summary>
    private static string Name(IMethodSymbol method) => (string)method.GetAttributes()
        .Single(attribute => attribute.AttributeClass?.Name is "TorchNameAttribute" or "HubNameAttribute").ConstructorArguments[0].Value!;
}
