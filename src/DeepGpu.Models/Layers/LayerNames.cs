using System.Text;

namespace DeepGpu.Models.Layers;

/// <summary>Names for layers that have none, as Keras chooses them: "conv2d", "conv2d_1", "max_pooling2d".</summary>
internal sealed class LayerNames
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, int> _next = [];

    public LayerNames(IEnumerable<string> taken) => _taken = new(taken, StringComparer.Ordinal);

    /// <summary>A name for a layer that has none.</summary>
    public string Choose(Layer layer) => Number(SnakeCase(layer is TensorFunction function ? function.Function : layer.GetType().Name));

    /// <summary>The key of a layer in Keras's weight files: its class, numbered.</summary>
    public string ChooseByClass(Layer layer) => Number(SnakeCase(layer.KeyName));

    private string Number(string stem)
    {
        while (true)
        {
            var n = _next.GetValueOrDefault(stem);
            _next[stem] = n + 1;
            var name = n == 0 ? stem : $"{stem}_{n}";
            if (_taken.Add(name)) return name;
        }
    }

    /// <summary>Keras's rule: "_" before a capital that lower case follows or that follows lower case; then lower case.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1]));
            if (startsWord) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
