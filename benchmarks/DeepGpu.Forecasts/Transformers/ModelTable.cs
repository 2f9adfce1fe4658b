using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeepGpu.Models;

namespace DeepGpu.Forecasts.Transformers;

/// <summary>Finds the shape of a model that a table names.</summary>
internal static partial class ModelTable
{
    /// <summary>A count in the table that is further off the shape's tells that the name means another model.</summary>
    private const double Tolerance = 0.15;

    private static readonly Lazy<IReadOnlyList<(string Alias, TransformerShape Shape)>> Known = new(Read);

    /// <summary>The shape; null for a model of which neither shape nor size is known.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="billions">Its weights, or null.</param>
    /// <param name="activeBillions">Those a token uses, or null.</param>
    public static TransformerShape? Find(string name, double? billions, double? activeBillions)
    {
        var text = $" {Normal(name)} ";
        var found = Known.Value.FirstOrDefault(known => text.Contains($" {known.Alias} ", StringComparison.Ordinal)).Shape;
        if (found is not null && (billions is not { } stated || IsLike(found, stated))) return found;
        return billions is { } size && size > 0.05 ? Guess(name, size * 1e9, activeBillions * 1e9) : null;
    }

    /// <summary>Whether the shape is of a published config, not guessed from a size.</summary>
    public static bool IsKnown(TransformerShape shape) => shape.ModelType.Length > 0;

    /// <summary>A model of the usual proportions with so many weights: layers are a 128th of the hidden size.</summary>
    private static TransformerShape Guess(string name, double all, double? active)
    {
        var dense = active ?? all;
        var hidden = Math.Max(8, Math.Round(Math.Cbrt(dense * 128 / 12.5) / 128)) * 128;
        var layers = (int)Math.Max(4, Math.Round(dense / 12.5 / hidden / hidden));
        var shape = new TransformerShape
        {
            Name = name,
            Layers = layers,
            HiddenSize = (int)hidden,
            Heads = (int)hidden / 128,
            KeyValueHeads = (int)hidden / 128 % 4 == 0 ? (int)hidden / 512 : (int)hidden / 128,
            HeadSize = 128,
            FeedForwardSize = (int)(3.3 * hidden),
            HasGatedFeedForward = true,
            VocabularySize = 100_000,
        };
        return active is null ? shape : shape with { Experts = new(128, 8, Math.Max(64, (int)(all / (layers * 128 * 3 * hidden)))) };
    }

    private static bool IsLike(TransformerShape shape, double billions)
        => billions == Math.Round(billions) || Math.Abs(shape.ParameterCount / 1e9 / billions - 1) < Tolerance
            || shape.Kind != TransformerKind.Decoder || shape.Name.StartsWith("GPT3", StringComparison.Ordinal);

    private static IReadOnlyList<(string Alias, TransformerShape Shape)> Read()
    {
        using var stream = typeof(ModelTable).Assembly.GetManifestResourceStream("models.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("models").EnumerateArray().SelectMany(model =>
        {
            var name = model.GetProperty("name").GetString()!;
            var shape = HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(model.GetProperty("config").GetRawText()), name);
            return model.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!).Append(name)
                .Select(alias => (Normal(alias), shape));
        }).OrderByDescending(known => known.Item1.Length)];
    }

    private static string Normal(string name)
    {
        var text = name.ToLowerInvariant();
        text = text[(text.LastIndexOf('/') is var slash && slash > 0 && !text.StartsWith("vit", StringComparison.Ordinal) ? slash + 1
            : 0)..];
        text = Separators().Replace(text, " ");
        return Sizes().Replace(text, "$1b").Trim();
    }

    [GeneratedRegex(@"[-_:/ ]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"(\d) b\b")]
    private static partial Regex Sizes();
}
