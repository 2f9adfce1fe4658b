using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>The applications by name.</summary>
public static partial class Applications
{
    /// <summary>Every application with its name, MobileNet and MobileNetV2 at their full width.</summary>
    public static ImmutableArray<Application> All { get; } = [.. Rows()];

    /// <summary>The application of a name. Case, spaces, "-", "_" and "." do not matter;
    /// "torchvision/" may be left out where Keras has no such name.</summary>
    /// <param name="name">E.g. "VGG16" or "torchvision/resnet50".</param>
    /// <exception cref="DeepGpuArgumentException">No application has the name: the nearest are named.</exception>
    public static Application Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(application => Compact(application.Name) == Compact(name))
            ?? All.FirstOrDefault(application => Compact(ShortName(application)) == Compact(name))
            ?? throw new DeepGpuArgumentException(Unknown(name), nameof(name));
    }

    private static Application Keras(string name, Func<ApplicationOptions?, ModelSpec> build) => new(name, ApplicationSource.Keras, build);

    private static Application Torch(string name, Func<ApplicationOptions?, ModelSpec> build)
        => new($"torchvision/{name}", ApplicationSource.TorchVision, build);

    private static string ShortName(Application application)
        => application.Name[(application.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Compact(string name) => new([.. name.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    private static Fault Unknown(string name)
    {
        var nearest = All.OrderBy(application => Math.Min(Spelling.Distance(Compact(name), Compact(application.Name)),
            Spelling.Distance(Compact(name), Compact(ShortName(application))))).Take(3);
        return new(
            "unknown_application",
            $"'{StrictJson.Printable(name)}' is not one of {All.Length} applications.",
            $"Nearest: {string.Join(", ", nearest.Select(application => $"'{application.Name}'"))}.",
            "Use one of Applications.All.");
    }
}
