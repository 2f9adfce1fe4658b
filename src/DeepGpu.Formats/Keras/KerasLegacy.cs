using System.Collections.Immutable;

namespace DeepGpu.Formats;

/// <summary>The layout of legacy Keras <c>.h5</c> files: layers by name under "model_weights" (whole models) or the
/// root (weights only).</summary>
public static class KerasLegacy
{
    private const string ModelWeights = "model_weights";
    private const string OptimizerWeights = "optimizer_weights";
    private const string TopLevel = "top_level_model_weights";
    private const string LayerNames = "layer_names";
    private const string WeightNames = "weight_names";

    /// <summary>Whether a file has this layout.</summary>
    public static bool Is(H5File file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Root.Attribute("model_config") is not null || Texts(Layers(file.Root), LayerNames) is not null;
    }

    /// <summary>What the file holds, each name checked against the datasets that are there.</summary>
    /// <exception cref="ModelFormatException">A name leads out of its group, is missing, or a dataset is not listed;
    /// or a config is not JSON.</exception>
    public static KerasLegacyModel<TensorEntry> Read(H5File file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return Read(file.Root);
        }
        catch (ModelFormatException e) when (file.Path is { } path)
        {
            throw e.InFile(path);
        }
    }

    /// <summary>The description of a whole model; null for a file of weights alone, or of no Keras.</summary>
    internal static StoredDescription? Describe(TensorFile opened)
        => opened is H5File file && Is(file) && Read(file) is { ModelConfig: { } config } stored
            ? new(config)
            {
                TrainingConfig = stored.TrainingConfig,
                KerasVersion = stored.KerasVersion,
                Optimizer = () => [.. stored.OptimizerWeights.Select(weight => KeyValuePair.Create(weight.Key, file.Read(weight.Value)))],
            }
            : null;

    /// <summary>Writes a file as <c>model.save("x.h5")</c> and, without a config, as <c>save_weights("x.h5")</c> lay it out.</summary>
    /// <param name="stream">Where to write; need not seek.</param>
    /// <param name="model">What to write.</param>
    /// <exception cref="DeepGpuArgumentException">A name appears twice or cannot be one.</exception>
    public static void Write(Stream stream, KerasLegacyModel<NDArray> model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        var root = new H5Builder();
        if (model.ModelConfig is not null) AddModel(root, model);
        AddLayers(model.ModelConfig is null ? root : root.Group(ModelWeights), model);
        H5Writer.Write(stream, root);
    }

    private static KerasLegacyModel<TensorEntry> Read(H5Group root)
    {
        var layers = Layers(root);
        var names = Texts(layers, LayerNames)
            ?? throw Refuse("not_keras", "A legacy Keras file must list its layers in 'layer_names',", "but does not.", layers.Path);
        CheckUnique(names, LayerNames, layers.Path);
        var model = new KerasLegacyModel<TensorEntry>
        {
            ModelConfig = Config(root, "model_config"),
            TrainingConfig = Config(root, "training_config"),
            KerasVersion = Text(root, "keras_version") ?? Text(layers, "keras_version"),
            Backend = Text(root, "backend") ?? Text(layers, "backend"),
            Layers = [.. names.Select(name => new KerasLegacyLayer<TensorEntry>(name, Weights(Find(layers, name))))],
            TopLevelWeights = layers.Group(TopLevel) is { } top && !names.Contains(TopLevel) ? Weights(top) : [],
            OptimizerWeights = root.Group(OptimizerWeights) is { } optimizer && layers.Path.Length > 0 ? Weights(optimizer) : [],
        };
        CheckListed(layers, model);
        return model;
    }

    private static H5Group Layers(H5Group root)
        => root.Group(ModelWeights) is { } layers && root.Attribute(LayerNames) is null ? layers : root;

    /// <summary>HDF5 takes "a//b" for "a/b"; subclassed models of tf.keras list such names.</summary>
    private static string WithoutEmptyParts(string name)
        => name.Contains("//", StringComparison.Ordinal) && name[0] != '/'
            ? string.Join('/', name.Split('/', StringSplitOptions.RemoveEmptyEntries)) : name;

    private static H5Group Find(H5Group layers, string name)
    {
        if (!RelativeNames.IsSafe(name))
            throw Refuse("bad_weight_name", "A layer's name must stay in its group,", "but this one leads out.", name);
        return layers.Group(name) ?? throw Refuse("weight_missing", "Each layer must have its group,", "but this one has none.", name);
    }

    private static ImmutableArray<KeyValuePair<string, TensorEntry>> Weights(H5Group layer)
    {
        var names = Texts(layer, WeightNames) ?? [];
        CheckUnique(names, WeightNames, layer.Path);
        return [.. names.Select(name => KeyValuePair.Create(name, Weight(layer, name)))];
    }

    private static void CheckUnique(ImmutableArray<string> names, string list, string path)
    {
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
            throw Refuse("duplicate_name", $"A name may appear once in '{list}',", "but one appears again.", path);
    }

    private static TensorEntry Weight(H5Group layer, string listed)
    {
        var name = WithoutEmptyParts(listed);
        if (!RelativeNames.IsSafe(name))
            throw Refuse("bad_weight_name", "A weight's name must stay in its layer's group,", "but this one leads out.", name);
        var slash = name.LastIndexOf('/');
        var group = slash < 0 ? layer : layer.Group(name[..slash]);
        return group?.Datasets.FirstOrDefault(dataset => dataset.Name == H5Links.Join(layer.Path, name))
            ?? throw Refuse("weight_missing", "Each listed weight must be there,", "but this one is not.", H5Links.Join(layer.Path, name));
    }

    /// <summary>A weight that no list names would silently be left out.</summary>
    private static void CheckListed(H5Group layers, KerasLegacyModel<TensorEntry> model)
    {
        var listed = model.Layers.SelectMany(layer => layer.Weights).Concat(model.TopLevelWeights).Select(weight => weight.Value.Name)
            .ToHashSet(StringComparer.Ordinal);
        var extra = layers.All().SelectMany(group => group.Datasets).FirstOrDefault(dataset => !listed.Contains(dataset.Name));
        if (extra is not null)
            throw Refuse("weight_missing", "Every weight must be listed in its layer's 'weight_names',",
                "but this one is missing there.", extra.Name);
    }

    private static string? Config(H5Group root, string name)
    {
        if (Text(root, name) is not { } text) return null;
        KerasJson.Check(System.Text.Encoding.UTF8.GetBytes(text), name);
        return text;
    }

    private static string? Text(H5Group group, string name) => group.Attribute(name)?.Texts is [var text] ? text : null;

    /// <summary>A list of texts, joined where Keras had to split it; null if there is none.</summary>
    private static ImmutableArray<string>? Texts(H5Group group, string name)
    {
        if (group.Attribute(name) is { } whole) return whole.Texts ?? [];
        var parts = Enumerable.Range(0, group.Attributes.Length).Select(i => group.Attribute($"{name}{i}"))
            .TakeWhile(part => part is not null).ToList();
        return parts.Count == 0 ? null : [.. parts.SelectMany(part => part!.Texts ?? [])];
    }

    private static void AddModel(H5Builder root, KerasLegacyModel<NDArray> model)
    {
        AddOrigin(root, model);
        root.Set("model_config", model.ModelConfig);
        root.Set("training_config", model.TrainingConfig);
        AddWeights(root.Group(ModelWeights).Group(TopLevel), model.TopLevelWeights);
        if (model.OptimizerWeights.Length > 0) AddWeights(root.Group(OptimizerWeights), model.OptimizerWeights);
    }

    private static void AddLayers(H5Builder group, KerasLegacyModel<NDArray> model)
    {
        group.Set(LayerNames, [.. model.Layers.Select(layer => layer.Name)]);
        AddOrigin(group, model);
        foreach (var layer in model.Layers) AddWeights(group.Group(layer.Name), layer.Weights);
    }

    private static void AddOrigin(H5Builder group, KerasLegacyModel<NDArray> model)
    {
        group.Set("backend", model.Backend);
        group.Set("keras_version", model.KerasVersion);
    }

    private static void AddWeights(H5Builder group, ImmutableArray<KeyValuePair<string, NDArray>> weights)
    {
        group.Set(WeightNames, [.. weights.Select(weight => weight.Key)]);
        foreach (var (name, values) in weights) group.Add(name, values);
    }

    private static ModelFormatException Refuse(string code, string rule, string received, string entry)
        => H5File.Refusals.Because(code, rule, received, entry);
}
