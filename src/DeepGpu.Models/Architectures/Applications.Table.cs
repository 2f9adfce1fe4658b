using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DeepGpu.Models.Architectures;

namespace DeepGpu.Models;

/// <summary>The applications by name.</summary>
public static partial class Applications
{
    /// <summary>Every application with its name, MobileNet and MobileNetV2 at their full width.</summary>
    public static ImmutableArray<Application> All { get; } = [.. Rows()];

    /// <summary>The application of a name. Case, spaces, "-", "_" and "." do not matter;
    /// "torchvision/" may be left out where Keras has no such name, "-uncased" and the like where one is usual.</summary>
    /// <param name="name">E.g. "VGG16" or "torchvision/resnet50".</param>
    /// <exception cref="DeepGpuArgumentException">No application has the name: the nearest are named.</exception>
    public static Application Find(string name)
        => TryFind(name, out var found) ? found : throw new DeepGpuArgumentException(Unknown(name), nameof(name));

    /// <summary>Looks for the application of a name, as <see cref="Find"/> does.</summary>
    /// <param name="name">E.g. "VGG16" or "bert-base".</param>
    /// <param name="application">The application; null where there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out Application? application)
    {
        ArgumentNullException.ThrowIfNull(name);
        application = All.FirstOrDefault(known => Compact(known.Name) == Compact(name))
            ?? All.FirstOrDefault(known => Compact(ShortName(known)) == Compact(name))
            ?? All.FirstOrDefault(known => known.Network?.Aliases.Any(alias => Compact(alias) == Compact(name)) == true);
        return application is not null;
    }

    private static Application Keras(string name, Func<ApplicationOptions?, ModelSpec> build) => new(name, ApplicationSource.Keras, build);

    private static Application Torch(string name, Func<ApplicationOptions?, ModelSpec> build)
        => new($"torchvision/{name}", ApplicationSource.TorchVision, build);

    private static Application Hub(string name, Func<ApplicationOptions?, ModelSpec> build)
        => new(name, ApplicationSource.HuggingFace, build) { Network = TransformerNetwork.Of(name) };

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
