namespace DeepGpu.Models.HuggingFace;

/// <summary>Refuses shapes that no model can have.</summary>
internal static class ShapeCheck
{
    public static TransformerShape Of(TransformerShape shape)
    {
        if (shape.Heads % shape.KeyValueHeads != 0)
            throw Bad("The heads of keys and values must divide those of queries,",
                $"but {shape.KeyValueHeads} do not divide {shape.Heads}.");
        if (shape.Experts is { } experts && experts.Active > experts.Count)
            throw Bad("A token cannot use more experts than there are,", $"but {experts.Active} of {experts.Count} are named.");
        if (shape.Experts is { } mixture && mixture.DenseLayers > shape.Layers)
            throw Bad("A model cannot have more dense layers than layers,", $"but {mixture.DenseLayers} of {shape.Layers} are named.");
        if (shape.SlidingLayers > shape.Layers)
            throw Bad("A model cannot have more sliding layers than layers,", $"but {shape.SlidingLayers} of {shape.Layers} are named.");
        Count(shape);
        return shape;
    }

    /// <summary>The size of a head where the file names none.</summary>
    public static int HeadSize(int hidden, int heads) => hidden % heads == 0 ? hidden / heads
        : throw Bad("Without a size of heads their number must divide the hidden size,", $"but {heads} does not divide {hidden}.");

    private static void Count(TransformerShape shape)
    {
        try
        {
            if (shape.LayerProductParameters(shape.Experts?.Count ?? 0) < long.MaxValue / 16.0 && shape.ParameterCount > 0) return;
        }
        catch (OverflowException)
        {
        }

        throw Bad("A model's weights must be countable in 64 bits,", "but the sizes in the file make more.");
    }

    private static ModelFormatException Bad(string rule, string received)
        => new(new("config_value", rule, received, "Correct the value, or pass the file as it was published."));
}
