using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DeepGpu.Generate;

/// <summary>Texts of XML documentation, ready to be written into another place: names in them are full ones.</summary>
internal static partial class Documentation
{
    public static string Summary(ISymbol symbol) => Text(symbol, "summary") switch
    {
        "" when symbol is IPropertySymbol { OverriddenProperty: { } overridden } => Summary(overridden),
        var text => text,
    };

    public static string Remarks(ISymbol symbol) => Text(symbol, "remarks");

    public static string Parameter(ISymbol type, ISymbol constructor, string name)
        => new[] { constructor, type }.Select(symbol => Find(symbol, "param", name)).FirstOrDefault(text => text is not "") ?? "";

    private static string Text(ISymbol symbol, string element) => Find(symbol, element, null);

    private static string Find(ISymbol symbol, string element, string? name)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml)) return "";
        var found = XElement.Parse(xml, LoadOptions.PreserveWhitespace).Elements(element)
            .FirstOrDefault(e => name is null || (string?)e.Attribute("name") == name);
        return found is null ? "" : Spaces().Replace(string.Concat(found.Nodes().Select(Node)), " ").Trim();
    }

    private static string Node(XNode node)
        => Reference().Replace(node.ToString(SaveOptions.DisableFormatting), match => $"cref=\"{Name(match.Groups[1].Value)}\"");

    /// <summary>The name an identifier of documentation stands for: "P:DeepGpu.Models.Dense.Units" is Models.Dense.Units.</summary>
    private static string Name(string id)
        => id[(id.IndexOf(':') + 1)..].Split('(')[0].Replace("DeepGpu.Models.", "Models.", StringComparison.Ordinal);

    [GeneratedRegex("cref=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
