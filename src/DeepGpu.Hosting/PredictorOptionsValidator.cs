using System.Reflection;
using Microsoft.Extensions.Options;

namespace DeepGpu.Hosting;

/// <summary>Checks the options of every registered model, all faults together.</summary>
internal sealed class PredictorOptionsValidator(IEnumerable<PredictorRegistration> registrations) : IValidateOptions<PredictorOptions>
{
    private const string Models = "Models";

    private static readonly string[] Keys = [.. typeof(PredictorOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => property.Name).Where(name => name != nameof(PredictorOptions.Example))];

    public ValidateOptionsResult Validate(string? name, PredictorOptions options)
    {
        if (registrations.LastOrDefault(one => one.Name == name) is not { } one) return ValidateOptionsResult.Skip;
        List<string> faults = [.. PredictorOptionsCheck.Faults(options).Concat(Unknown(one)).Concat(OfFile(one, options))
            .Select(fault => one.Name.Length == 0 ? $"{fault}" : $"{one.Name}: {fault}")];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<Fault> Unknown(PredictorRegistration one) => (one.Section?.GetChildren() ?? [])
        .Where(child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
            && !(one.Name.Length == 0 && child.Key.Equals(Models, StringComparison.OrdinalIgnoreCase)))
        .Select(child => new Fault("unknown_option", "Configuration may name the options of PredictorOptions,",
            $"but '{child.Path}' is none.", $"Use one of {string.Join(", ", Keys)}."));

    private static IEnumerable<Fault> OfFile(PredictorRegistration one, PredictorOptions options)
    {
        if (one.Open is not null) yield break;
        if (string.IsNullOrWhiteSpace(options.Path))
            yield return new("model_path", "A model that configuration names needs its file,", "but Path is empty.",
                "Set Path, or pass a function that opens the model.");
        else if (!File.Exists(options.Path) && !Directory.Exists(options.Path))
            yield return new("file_not_found", "A model's file must exist,", $"but '{options.Path}' does not.", "Correct Path.");
    }
}
