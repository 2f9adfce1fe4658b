using TorchSharp;

namespace DeepGpu;

/// <summary>Changes of the values of images (batch, channels, height, width); strengths are one for each image: (batch, 1, 1, 1).</summary>
internal static class ImageOperations
{
    /// <summary>What values are counted in where 8 bits are meant.</summary>
    private const double Largest = 255;

    /// <summary>Mixed with the grey form by a share.</summary>
    public static torch.Tensor Degenerated(torch.Tensor x, torch.Tensor share) => x.Plus(share * (Grey(x) - x));

    /// <summary>Blurred (0), as it is (0.5) or sharpened (1).</summary>
    public static torch.Tensor Sharpened(torch.Tensor x, torch.Tensor sharpness)
        => x.Plus((sharpness * Number(2)).SubtractedFrom(1) * (Blurred(x) - x));

    /// <summary>With the highest bits kept, their number a whole one.</summary>
    public static torch.Tensor Posterized(torch.Tensor x, torch.Tensor bits, IReadOnlyList<double> range)
    {
        var lost = bits.SubtractedFrom(8).to(torch.ScalarType.Int32);
        var whole = Unit(x, range) * Number(Largest);
        var kept = whole.to(torch.ScalarType.Int32).bitwise_right_shift(lost).bitwise_left_shift(lost).to(x.dtype);
        return FromUnit(kept / Number(Largest), range);
    }

    /// <summary>With a share of the range added, and turned over where a share of it is reached.</summary>
    public static torch.Tensor Solarized(torch.Tensor x, torch.Tensor addition, torch.Tensor threshold, IReadOnlyList<double> range)
    {
        var added = Unit(x, range).Plus(addition).clamp(Number(0), Number(1));
        return FromUnit(torch.where(added < threshold, added, added.SubtractedFrom(1)), range);
    }

    /// <summary>Stretched over the range, channel by channel; one value alone stays.</summary>
    public static torch.Tensor Stretched(torch.Tensor x, IReadOnlyList<double> range)
    {
        var least = x.amin([2, 3], keepdim: true);
        var span = x.amax([2, 3], keepdim: true) - least;
        var isFlat = span == Number(0);
        return torch.where(isFlat, x, FromUnit((x - least) / torch.where(isFlat, torch.ones_like(span), span), range));
    }

    /// <summary>With each value replaced by the share of the batch's values in its channel that lie in its bin or below.</summary>
    public static torch.Tensor Equalized(torch.Tensor x, int bins, IReadOnlyList<double> range)
    {
        var channels = x.shape[1];
        var places = (Unit(x, range) * Number(bins - 1)).to(torch.ScalarType.Int64).transpose(0, 1).reshape(channels, -1);
        var counts = Counts(places, bins);
        var table = Spread(counts).to(x.dtype).gather(1, places);
        var equalized = table.reshape(channels, x.shape[0], x.shape[2], x.shape[3]).transpose(0, 1);
        var isFlat = ((counts > Number(0)).sum(1) <= Number(1)).reshape(1, -1, 1, 1);
        return torch.where(isFlat, x, FromUnit(equalized / Number(Largest), range));
    }

    /// <summary>How often each bin (columns) occurs in each channel (rows).</summary>
    private static torch.Tensor Counts(torch.Tensor places, int bins)
    {
        var first = (Arithmetic.Range(places.shape[0], torch.ScalarType.Int64, places.device) * Number(bins)).unsqueeze(1);
        return places.Plus(first).flatten().bincount(null, places.shape[0] * bins).reshape(-1, bins);
    }

    /// <summary>The value from 0 to 255 that each bin becomes: the values up to it, less those of the first used bin.</summary>
    private static torch.Tensor Spread(torch.Tensor counts)
    {
        var below = counts.cumsum(1).to(torch.ScalarType.Float64);
        var total = below.narrow(1, below.shape[1] - 1, 1);
        var first = torch.where(below > Number(0), below, total).amin([1], keepdim: true);
        var share = (below - first) * Number(Largest) / (total - first).clamp_min(Number(1));
        return share.round().clamp(Number(0), Number(Largest));
    }

    private static torch.Tensor Grey(torch.Tensor x)
        => x.shape[1] != 3
            ? x
            : (x.narrow(1, 0, 1) * Number(0.2989)).Plus(x.narrow(1, 1, 1) * Number(0.587)).Plus(x.narrow(1, 2, 1) * Number(0.114));

    /// <summary>A pixel's mean with its eight neighbours, itself counted five times; zeros beyond the edges.</summary>
    private static torch.Tensor Blurred(torch.Tensor x)
        => OfThree(OfThree(x, 2), 3).Plus(x * Number(4)) / Number(13);

    /// <summary>The sums of three neighbours along an axis.</summary>
    private static torch.Tensor OfThree(torch.Tensor x, int axis)
    {
        var length = x.shape[axis];
        var padded = torch.nn.functional.pad(x, axis == 2 ? [0, 0, 1, 1] : [1, 1, 0, 0]);
        return padded.narrow(axis, 0, length).Plus(x).Plus(padded.narrow(axis, 2, length));
    }

    /// <summary>Values as shares of the range, those outside at its ends.</summary>
    private static torch.Tensor Unit(torch.Tensor x, IReadOnlyList<double> range)
        => (x.Plus(-range[0]) / Number(range[1] - range[0])).clamp(Number(0), Number(1));

    private static torch.Tensor FromUnit(torch.Tensor x, IReadOnlyList<double> range)
        => (x * Number(range[1] - range[0])).Plus(range[0]).clamp(Number(range[0]), Number(range[1]));
}
