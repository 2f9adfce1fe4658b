using Microsoft.CodeAnalysis;

namespace DeepGpu.Generate;

/// <summary>Which rule an optimizer goes by: the one whose constructor takes it.</summary>
internal static class UpdateRules
{
    public static CodeText Of(Declarations classes)
    {
        var code = CodeText.File("DeepGpu.Optimizers", "DeepGpu.Models");
        code.Line("/// <summary>The rules of the optimizers.</summary>").Line("internal static class UpdateRules").Block(() =>
        {
            code.Line("/// <summary>The rule of an optimizer; null for one that has none here.</summary>");
            code.Line("public static UpdateRule? Find(Optimizer optimizer) => optimizer switch").Block(() =>
            {
                foreach (var (optimizer, rule) in Rows(classes)) code.Line($"{optimizer} options => new {rule}(options),");
                code.Line("_ => null,");
            }, ";");
        });
        return code;
    }

    private static IEnumerable<(string Optimizer, string Rule)> Rows(Declarations classes)
        => from rule in classes.Concrete("UpdateRule")
           from constructor in rule.InstanceConstructors
           where constructor.Parameters.Length == 1
           let optimizer = constructor.Parameters[0].Type as INamedTypeSymbol
           where optimizer is { IsAbstract: false } && Declarations.Bases(optimizer).Any(type => type.Name == "Optimizer")
           orderby optimizer.Name
           select (optimizer.Name, rule.Name);
}
