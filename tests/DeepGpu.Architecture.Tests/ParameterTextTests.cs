using System.Reflection;
using System.Xml.Linq;
using DeepGpu.Models;

namespace DeepGpu.Architecture.Tests;

/// <summary>The methods that make layers, losses, metrics and optimizers say what each of their parameters is.</summary>
public class ParameterTextTests
{
    public static TheoryData<Type> Makers => [typeof(FluentLayers), typeof(Optimizer), typeof(Loss), typeof(Metric)];

    [Theory, MemberData(nameof(Makers))]
    public void Every_parameter_has_a_text(Type type)
    {
        var texts = Texts(type);
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        foreach (var method in methods.Where(method => !method.IsSpecialName))
        {
            var parameters = method.GetParameters().Select(parameter => parameter.Name!).Order(StringComparer.Ordinal).ToList();
            texts.Should().Contain(text => text.Method == method.Name && text.Parameters.SequenceEqual(parameters),
                "{0}.{1}({2}) is documented", type.Name, method.Name, string.Join(", ", parameters));
        }
    }

    /// <summary>Methods of a class, and those of their parameters that have a text.</summary>
    private static List<(string Method, List<string> Parameters)> Texts(Type type)
    {
        var prefix = $"M:{type.FullName}.";
        var file = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
        return [.. file.Descendants("member").Where(member => Name(member).StartsWith(prefix, StringComparison.Ordinal))
            .Select(member => (Name(member)[prefix.Length..].Split('(')[0], Parameters(member)))];
    }

    private static List<string> Parameters(XElement member) => [.. member.Elements("param")
        .Where(param => param.Value.Trim().Length > 0 || param.HasElements)
        .Select(param => (string)param.Attribute("name")!).Order(StringComparer.Ordinal)];

    private static string Name(XElement member) => (string)member.Attribute("name")!;
}
