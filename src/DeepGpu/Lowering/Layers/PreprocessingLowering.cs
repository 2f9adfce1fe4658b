using DeepGpu.Formats.Images;
using DeepGpu.Models;
using DeepGpu.Models.Hashes;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers that prepare what a model is given: sizes, categories, ranges.</summary>
internal static class PreprocessingLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Resizing>(layer => new LiveFunction(x => OnPixels(x, layer.DataFormat, pixels => Resized(pixels, layer))))
        .With<CenterCrop>(layer =>
            new LiveFunction(x => OnPixels(x, layer.DataFormat, pixels => Cropped(pixels, layer.Height, layer.Width))))
        .With<CategoryEncoding>((layer, context) =>
            new LiveFunction(x => Encoded(x, layer.OutputMode, layer.NumTokens, context.Policy.ComputeType()), castsInputs: false))
        .With<Discretization>((layer, context) => new LiveDiscretization(layer, context))
        .With<IntegerLookup>((layer, context) => new LiveIntegerLookup(layer, context));

    /// <summary>Applies a function to (batch, channels, height, width).</summary>
    public static torch.Tensor OnPixels(torch.Tensor x, DataFormat format, Func<torch.Tensor, torch.Tensor> change)
        => Spatial.FromChannelsFirst(change(Spatial.ToChannelsFirst(x, format)), format);

    /// <summary>The middle; smaller images are resized from the largest centred window of the aspect ratio.</summary>
    public static torch.Tensor Cropped(torch.Tensor x, int height, int width)
    {
        var (down, right) = (x.shape[2] - height, x.shape[3] - width);
        return down >= 0 && right >= 0 ? x.narrow(2, down / 2, height).narrow(3, right / 2, width) : ResizedWindow(x, height, width);
    }

    /// <summary>The largest centred window of the aspect ratio, resized.</summary>
    public static torch.Tensor ResizedWindow(torch.Tensor x, int height, int width,
        Interpolation interpolation = Interpolation.Bilinear, bool antialias = false)
    {
        var window = ImageWindow.Inside((int)x.shape[2], (int)x.shape[3], height, width);
        return ImageResize.Resize(x.narrow(2, window.Top, window.Height).narrow(3, window.Left, window.Width), height,
            width, interpolation, antialias);
    }

    /// <summary>Pixels resized as a layer says.</summary>
    public static torch.Tensor Resized(torch.Tensor x, Resizing layer)
    {
        if (layer.CropToAspectRatio) return ResizedWindow(x, layer.Height, layer.Width, layer.Interpolation, layer.Antialias);
        return ImageResize.Resize(layer.PadToAspectRatio ? Padded(x, layer) : x, layer.Height, layer.Width,
            layer.Interpolation, layer.Antialias);
    }

    private static torch.Tensor Padded(torch.Tensor x, Resizing layer)
    {
        var (height, width) = ((int)x.shape[2], (int)x.shape[3]);
        var canvas = ImageWindow.Around(height, width, layer.Height, layer.Width);
        return torch.nn.functional.pad(x,
            [canvas.Left, canvas.Width - width - canvas.Left, canvas.Top, canvas.Height - height - canvas.Top],
            PaddingModes.Constant, layer.FillValue);
    }

    /// <summary>Places as numbers or rows; negative places are left out of rows.</summary>
    internal static torch.Tensor Encoded(torch.Tensor places, OutputMode mode, long depth, torch.ScalarType type)
    {
        if (mode == OutputMode.Int) return places.to(torch.ScalarType.Int64);
        var isAlone = mode == OutputMode.OneHot && (places.dim() == 1 || places.shape[^1] != 1);
        var rows = (places.unsqueeze(-1).to(torch.ScalarType.Int64) == Arithmetic.Range(depth, torch.ScalarType.Int64, places.device))
            .to(type);
        if (isAlone) return rows;
        return mode switch
        {
            OutputMode.OneHot => rows.squeeze(-2),
            OutputMode.MultiHot => rows.amax(-2),
            _ => rows.sum(-2),
        };
    }

    private sealed class LiveDiscretization(Discretization layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.Tensor _boundaries = context.Constant(torch.tensor(layer.BinBoundaries!.Value.ToArray()));

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext _)
        {
            var bins = (input.unsqueeze(-1) >= _boundaries).sum(-1);
            return Encoded(bins, layer.OutputMode, _boundaries.shape[0] + 1, input.dtype);
        }
    }

    private sealed class LiveIntegerLookup(IntegerLookup layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly (long Number, long Place)[] _sorted = [.. layer.Vocabulary!.Value
            .Select((number, i) => (number, layer.FirstPlace + (long)i)).OrderBy(pair => pair.number)];
        private readonly torch.ScalarType _type = context.Policy.ComputeType();

        public override bool CastsInputs => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext _)
        {
            var numbers = input.to(torch.ScalarType.Int64);
            var first = layer.FirstPlace - layer.NumOovIndices;
            var places = Unknown(numbers).Plus(first);
            if (_sorted.Length > 0) places = Known(numbers, places);
            if (layer.MaskToken is { } mask)
                places = torch.where(numbers == Number(mask),
                    torch.full_like(places, Number(layer.OutputMode == OutputMode.Int ? 0 : -1)), places);
            return Encoded(places, layer.OutputMode, layer.Depth, _type);
        }

        private torch.Tensor Unknown(torch.Tensor numbers) => layer.HashesUnknown
            ? HashLowering.OnNumbers(numbers, number => CategoryHash.Bin(number, layer.NumOovIndices, layer.Salt))
            : torch.remainder(numbers, Number(layer.NumOovIndices));

        private torch.Tensor Known(torch.Tensor numbers, torch.Tensor unknown)
        {
            var known = torch.tensor(_sorted.Select(pair => pair.Number).ToArray(), device: numbers.device);
            var places = torch.tensor(_sorted.Select(pair => pair.Place).ToArray(), device: numbers.device);
            var at = torch.searchsorted(known, numbers.contiguous()).clamp(Number(0), Number(_sorted.Length - 1));
            return torch.where(known[at] == numbers, places[at], unknown);
        }
    }
}
