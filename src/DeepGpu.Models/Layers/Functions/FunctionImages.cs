namespace DeepGpu.Models.Layers;

/// <summary>The shapes of functions of images, (batch, height, width, channels) unless their layout says otherwise.</summary>
internal static class FunctionImages
{
    /// <summary>Each block of channels becomes a square of pixels: a block of 2 makes (h, w, 4c) into (2h, 2w, c).</summary>
    public static IReadOnlyList<Shape> ToSpace(FunctionCall call)
    {
        var (input, block, format) = (Pixels(call, "x"), Block(call.Function), Format(call.Function));
        var (row, column, channels) = AxesOf(format);
        if (input[channels] % (block * block) is not (null or 0))
            throw new ShapeException($"channels that are a multiple of {block * block}", "Change the block or the number of channels.");
        return [input.With(row, checked(input[row] * block)).With(column, checked(input[column] * block))
            .With(channels, input[channels] / (block * block))];
    }

    /// <summary>Each square of pixels becomes a block of channels.</summary>
    public static IReadOnlyList<Shape> ToDepth(FunctionCall call)
    {
        var (input, block, format) = (Pixels(call, "x"), Block(call.Function), Format(call.Function));
        var (row, column, channels) = AxesOf(format);
        if (input[row] % block is not (null or 0) || input[column] % block is not (null or 0))
            throw new ShapeException($"a height and a width that are multiples of {block}", "Change the block or the image's size.");
        return [input.With(row, input[row] / block).With(column, input[column] / block)
            .With(channels, checked(input[channels] * block * block))];
    }

    public static IReadOnlyList<Shape> Resized(FunctionCall call)
    {
        var (row, column, _) = AxesOf(Format(call.Function));
        var layer = Resizing(call.Function);
        layer.OutputShape(Pixels(call, "images"));
        return [call.Operand("images").With(row, layer.Height).With(column, layer.Width)];
    }

    /// <summary>The layer that computes the same as a resizing.</summary>
    public static Resizing Resizing(TensorFunction function)
    {
        if (function.Integers("size") is not [>= 1 and var height, >= 1 and var width]) throw function.Wrong("size", "two lengths above 0");
        if (function.Text("fill_mode") is not (null or "constant")) throw function.Wrong("fill_mode", "\"constant\"");
        return new(height, width)
        {
            Interpolation = Method(function),
            Antialias = function.Flag("antialias"),
            CropToAspectRatio = function.Flag("crop_to_aspect_ratio"),
            PadToAspectRatio = function.Flag("pad_to_aspect_ratio"),
            FillValue = function.Number("fill_value") ?? 0,
            DataFormat = Format(function),
        };
    }

    /// <summary>The side of a block.</summary>
    public static int Block(TensorFunction function) => function.Integer("block_size") is >= 2 and <= 1 << 12 and var block ? block
        : throw function.Wrong("block_size", "a whole number, at least 2,");

    public static DataFormat Format(TensorFunction function) => function.Text("data_format") switch
    {
        null or "channels_last" => DataFormat.ChannelsLast,
        "channels_first" => DataFormat.ChannelsFirst,
        _ => throw function.Wrong("data_format", "\"channels_last\" or \"channels_first\""),
    };

    private static Shape Pixels(FunctionCall call, string operand) => call.Operand(operand) is { Rank: 4 } input ? input
        : throw new ShapeException("a batch of images, of four axes", "Apply it to images.");

    private static (int Row, int Column, int Channels) AxesOf(DataFormat format)
        => format == DataFormat.ChannelsFirst ? (2, 3, 1) : (1, 2, 3);

    private static Interpolation Method(TensorFunction function)
        => Enum.TryParse<Interpolation>(function.Text("interpolation") ?? "bilinear", ignoreCase: true, out var method)
            && Enum.IsDefined(method) ? method
            : throw function.Wrong("interpolation", $"one of {string.Join(", ", Enum.GetNames<Interpolation>()).ToLowerInvariant()}");
}
