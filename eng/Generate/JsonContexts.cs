namespace DeepGpu.Generate;

/// <summary>The attributes that name each class to the JSON compiler.</summary>
internal static class JsonContexts
{
    public static CodeText Of(string space, string name, IEnumerable<Declared> classes)
    {
        var code = CodeText.File(space, "System.Text.Json.Serialization");
        foreach (var declared in classes.Where(c => c.IsListed)) code.Line($"[JsonSerializable(typeof({declared.Name}))]");
        return code.Line($"internal sealed partial class {name};");
    }
}
