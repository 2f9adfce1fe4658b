using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers that change images at random while training.</summary>
internal static class AugmentationLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<RandomFlip>(Live).With<RandomRotation>(Live).With<RandomZoom>(Live).With<RandomTranslation>(Live).With<RandomShear>(Live)
        .With<RandomContrast>(Live).With<RandomBrightness>(Live).With<RandomErasing>(Live).With<RandomColorDegeneration>(Live)
        .With<RandomSharpness>(Live).With<RandomPosterization>(Live).With<Solarization>(Live).With<AutoContrast>(Live)
        .With<Equalization>(Live).With<RandAugment>(Live).With<AugMix>(Live)
        .With<RandomCrop>(layer => new LiveRandomCrop(layer));

    private static LiveAugmentation Live(ImageLayer layer) => new(layer);

    /// <summary>What a layer makes of images (batch, channels, height, width) while training.</summary>
    public static torch.Tensor Changed(torch.Tensor x, ImageLayer layer, torch.Generator? random) => layer switch
    {
        RandomFlip flip => Flipped(x, flip.Mode, random),
        AffineImageLayer moved => AffineSampling.Sample(x, Transform(x, moved, random), moved),
        RandAugment policy => AugmentationPolicies.Augmented(x, policy, random),
        AugMix policy => AugmentationPolicies.Mixed(x, policy, random),
        ColorImageLayer colored => Recolored(x, colored, random),
        _ => throw new InvalidOperationException($"{layer.GetType().Name} is not among the layers that change images."),
    };

    private static torch.Tensor Transform(torch.Tensor x, AffineImageLayer layer, torch.Generator? random) => layer switch
    {
        RandomRotation turn => AffineSampling.Rotation(Drawn(x, turn.Factor, random) * Number(2 * Math.PI), x),
        RandomZoom zoom => Zoom(x, zoom, random),
        RandomShear shear => Shear(x, shear, random),
        _ => Translation(x, (RandomTranslation)layer, random),
    };

    private static torch.Tensor Recolored(torch.Tensor x, ColorImageLayer layer, torch.Generator? random) => layer switch
    {
        RandomBrightness brightness => ImageOperations.Kept(Brightened(x, brightness, random), layer.ValueRange),
        RandomContrast contrast => ImageOperations.Kept(Contrast(x, contrast, random), layer.ValueRange),
        RandomColorDegeneration grey
            => ImageOperations.Kept(ImageOperations.Degenerated(x, Wide(Drawn(x, grey.Factor, random))), layer.ValueRange),
        RandomSharpness sharpness
            => ImageOperations.Kept(ImageOperations.Sharpened(x, Wide(Drawn(x, sharpness.Factor, random))), layer.ValueRange),
        RandomPosterization bits => ImageOperations.Posterized(x, Wide(Bits(x, bits.Factor, random)), layer.ValueRange),
        Solarization sun => ImageOperations.Solarized(x, Wide(Drawn(x, sun.AdditionFactor, random)),
            Wide(Drawn(x, sun.ThresholdFactor, random)), layer.ValueRange),
        Equalization equal => ImageOperations.Equalized(x, equal.Bins, layer.ValueRange),
        AutoContrast => ImageOperations.Stretched(x, layer.ValueRange),
        _ => Erased(x, (RandomErasing)layer, random),
    };

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

    /// <summary>Both slants turned over for half of the images.</summary>
    private static torch.Tensor Shear(torch.Tensor x, RandomShear layer, torch.Generator? random)
    {
        var sign = torch.where(Drawn(x, new(0, 1), random) > Number(0.5), -One(x), One(x));
        return AffineSampling.Shear(Drawn(x, layer.XFactor, random) * sign, Drawn(x, layer.YFactor, random) * sign);
    }

    private static torch.Tensor One(torch.Tensor x) => torch.ones([x.shape[0]], x.dtype, x.device);

    /// <summary>A whole number for each image, from the lower bound to below the upper one, or both where they are the same.</summary>
    private static torch.Tensor Bits(torch.Tensor x, FactorRange range, torch.Generator? random)
        => Drawn(x, range, random).floor().clamp(Number(range.Lower), Number(Math.Max(range.Lower, range.Upper - 1)));

    private static torch.Tensor Brightened(torch.Tensor x, RandomBrightness layer, torch.Generator? random)
        => x.Plus(Wide(Drawn(x, layer.Factor, random) * Number(layer.ValueRange[1] - layer.ValueRange[0])));

    private static torch.Tensor Contrast(torch.Tensor x, RandomContrast layer, torch.Generator? random)
    {
        var mean = x.mean([2, 3], keepdim: true);
        return ((x - mean) * Wide(Drawn(x, new(1 - layer.Factor.Lower, 1 + layer.Factor.Upper), random))).Plus(mean);
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

    /// <summary>Computes in single precision at least: half of it holds neither the places of pixels nor what lies between them.</summary>
    private sealed class LiveAugmentation(ImageLayer layer) : UnaryLiveLayer
    {
        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
            => context.IsTraining || !layer.ActsInTrainingOnly
                ? PreprocessingLowering.OnPixels(input, layer.DataFormat,
                    x => Changed(x.to(Exact(x.dtype)), layer, context.Random).to(x.dtype))
                : input;

        private static torch.ScalarType Exact(torch.ScalarType type)
            => type is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 ? torch.ScalarType.Float32 : type;
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
