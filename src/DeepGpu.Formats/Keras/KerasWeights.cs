using System.Globalization;
using DeepGpu.Formats.Hdf5;

namespace DeepGpu.Formats;

/// <summary>The layout of <c>.weights.h5</c> files and of the weights in <c>.keras</c> archives: variables under "PATH/vars/N",
/// objects addressed by class.</summary>
/// <remarks>https://keras.io/api/models/model_saving_apis/weights_saving_and_loading/.
/// Which layer "layers/conv2d_1" is, only the model's config says.</remarks>
public static class KerasWeights
{
    private const string Vars = "vars";

    /// <summary>The variables of every object that has some, objects with "/" in their paths also where Windows wrote "\", objects in the
    /// order of their paths,
    /// variables by number ("2" before "10").</summary>
    public static IReadOnlyList<KerasVariables<TensorEntry>> Read(H5File file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. file.Root.All().Where(group => group.Name == Vars && group.Datasets.Length > 0).Select(Read)];
    }

    /// <summary>Writes a <c>.weights.h5</c> file.</summary>
    /// <param name="stream">Where to write; need not seek.</param>
    /// <param name="objects">The objects. One without variables gets an empty group, as in Keras.</param>
    /// <exception cref="DeepGpuArgumentException">A path appears twice or cannot be one.</exception>
    public static void Write(Stream stream, IReadOnlyList<KerasVariables<NDArray>> objects)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(objects);
        var root = new H5Builder();
        root.Group("layers");
        foreach (var item in objects) Add(root.Group(item.Path.Length == 0 ? Vars : $"{item.Path}/{Vars}"), item);
        H5Writer.Write(stream, root);
    }

    private static KerasVariables<TensorEntry> Read(H5Group vars) => new(
        vars.Path.Length == Vars.Length ? "" : vars.Path[..^(Vars.Length + 1)].Replace('\\', '/'),
        vars.Attribute("name")?.Texts is [var name] ? name : null,
        [.. vars.Datasets.OrderBy(Number).ThenBy(dataset => dataset.Name, StringComparer.Ordinal)]);

    private static int Number(TensorEntry dataset)
        => int.TryParse(dataset.Name[(dataset.Name.LastIndexOf('/') + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;

    private static void Add(H5Builder vars, KerasVariables<NDArray> item)
    {
        vars.Set("name", item.Name);
        for (var i = 0; i < item.Values.Length; i++) vars.Add(i.ToString(CultureInfo.InvariantCulture), item.Values[i]);
    }
}
