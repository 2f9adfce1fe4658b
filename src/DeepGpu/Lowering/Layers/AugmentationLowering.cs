using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Layers that change images at random while training.</summary>
internal static class AugmentationLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<RandomFlip>(layer => new LiveAugmentation(layer, (x, random) => Flipped(x, layer.Mode, random)))
        .With<RandomRotation>(layer => new LiveAugmentation(layer, (x, random) =>
            AffineSampling.Sample(x, AffineSampling.Rotation(Drawn(x, layer.Factor, random) * Number(2 * Math.PI), x), layer)))
        .With<RandomZoom>(layer => new LiveAugmentation(layer, (x, random) => AffineSampling.Sample(x, Zoom(x, layer, random), layer)))
        .With<RandomTranslation>(layer =>
            new LiveAugmentation(layer, (x, random) => AffineSampling.Sample(x, Translation(x, layer, random), layer)))
        .With<RandomContrast>(layer => new LiveAugmentation(layer, (x, random) => Contrast(x, layer, random)))
        .With<RandomBrightness>(layer => new LiveAugmentation(layer,
            (x, random) => x.Plus(Wide(Drawn(x, layer.Factor, random) * Number(layer.ValueRange[1] - layer.ValueRange[0])))
                .clamp(Number(layer.ValueRange[0]), Number(layer.ValueRange[1]))))
        .With<RandomErasing>(layer => new LiveAugmentation(layer, (x, random) => Erased(x, layer, random)))
        .With<RandomCrop>(layer => new LiveRandomCrop(layer));

    /// <summary>A number for each image, uniform within the range: (batch).</summary>
    private static torch.Tensor Drawn(torch.Tensor x, FactorRange range, torch.Generator? random)
        => (torch.empty([x.shape[0]], x.dtype, x.device).uniform_(0, 1, random) * Number(range.Upper - range.Lower)).Plus(range.Lower);

    private static torch.Tensor Wide(torch.Tensor perImage) => perImage.reshape(-1, 1, 1, 1);

    private static torch.Tensor Flipped(torch.Tensor x, FlipMode mode, torch.Generator? random)
    {
        if (mode != FlipMode.Vertical) x = torch.where(Wide(Drawn(x, new(0, 1), random) <= Number(0.5)), x.flip(3), x);
        return mode == FlipMode.Horizontal ? x : torch.where(Wide(Drawn(x, new(0, 1), random) <= Number(0.5)), x.flip(2), x);
    }

    private static torch.Tensor Zoom(torch.Tensor x, RandomZoom layer, torch.Generator? random)
    {
        var height = Drawn(x, layer.HeightFactor, random).Plus(1);
        return AffineSampling.Zoom(height, layer.WidthFactor is { } factor ? Drawn(x, factor, random).Plus(1) : height, x);
    }

    private static torch.Tensor Translation(torch.Tensor x, RandomTranslation layer, torch.Generator? random)
        => AffineSampling.Translation(Drawn(x, layer.HeightFactor, random) * Number(x.shape[2]),
            Drawn(x, layer.WidthFactor, random) * Number(x.shape[3]));

    private static torch.Tensor Contrast(torch.Tensor x, RandomContrast layer, torch.Generator? random)
    {
        var mean = x.mean([2, 3], keepdim: true);
        return ((x - mean) * Wide(Drawn(x, new(1 - layer.Factor.Lower, 1 + layer.Factor.Upper), random))).Plus(mean)
            .clamp(Number(layer.ValueRange[0]), Number(layer.ValueRange[1]));
    }

    private static torch.Tensor Erased(torch.Tensor x, RandomErasing layer, torch.Generator? random)
    {
        var inside = Inside(x, 3, layer.Scale, random).logical_and(Inside(x, 2, layer.Scale, random));
        var isErased = Wide(Drawn(x, new(0, 1), random) < Drawn(x, layer.Factor, random)).logical_and(inside);
        var (least, most) = (layer.ValueRange[0], layer.ValueRange[1]);
        var filling = layer.FillValue is { } value
            ? torch.full_like(x, Number(value))
            : torch.empty_like(x).normal_(0, 1, random) * Number(most);
        return torch.where(isErased, filling.clamp(Number(least), Number(most)), x);
    }

    /// <summary>Whether a position along an axis lies in the image's rectangle.</summary>
    private static torch.Tensor Inside(torch.Tensor x, int axis, FactorRange scale, torch.Generator? random)
    {
        var length = Drawn(x, scale, random).sqrt() * Number(x.shape[axis]);
        var start = Drawn(x, new(0, 1), random) * length.SubtractedFrom(x.shape[axis]);
        var positions = Arithmetic.Range(x.shape[axis], x.dtype, x.device).reshape(axis == 2 ? [1, 1, -1, 1] : [1, 1, 1, -1]);
        return (positions >= Wide(start)).logical_and(positions < Wide(start.Plus(length)));
    }

    private sealed class LiveAugmentation(ImageLayer layer, Func<torch.Tensor, torch.Generator?, torch.Tensor> change) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => context.IsTraining
                ? PreprocessingLowering.OnPixels(input, layer.DataFormat, pixels => change(pixels, context.Random))
                : input;
    }

    private sealed class LiveRandomCrop(RandomCrop layer) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => PreprocessingLowering.OnPixels(input, layer.DataFormat, x => Cropped(x, context));

        private torch.Tensor Cropped(torch.Tensor x, ForwardContext context)
        {
            var (down, right) = (x.shape[2] - layer.Height, x.shape[3] - layer.Width);
            if (!context.IsTraining || down <= 0 || right <= 0) return PreprocessingLowering.ResizedWindow(x, layer.Height, layer.Width);
            return x.index_select(2, Window(x, down, layer.Height, context.Random))
                .index_select(3, Window(x, right, layer.Width, context.Random));
        }

        /// <summary>Drawn on the device: the step does not wait for it.</summary>
        private static torch.Tensor Window(torch.Tensor x, long room, long length, torch.Generator? random)
        {
            var start = (torch.empty([1], torch.ScalarType.Float32, x.device).uniform_(0, 1, random) * Number(room + 1))
                .floor().clamp(Number(0), Number(room)).to(torch.ScalarType.Int64);
            return Arithmetic.Range(length, torch.ScalarType.Int64, x.device).Plus(start);
        }
    }
}
