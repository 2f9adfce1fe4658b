using TorchSharp;

namespace DeepGpu.Lowering;

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
        var kept = Bytes(x, range).to(torch.ScalarType.Int32).bitwise_right_shift(lost).bitwise_left_shift(lost);
        return FromBytes(kept.to(x.dtype), range);
    }

    /// <summary>With a share of the range added, and turned over where a share of it is reached.</summary>
    public static torch.Tensor Solarized(torch.Tensor x, torch.Tensor addition, torch.Tensor threshold, IReadOnlyList<double> range)
    {
        var width = Number(range[1] - range[0]);
        var added = Kept(x.Plus(addition * width), range);
        return torch.where(added < (threshold * width).Plus(range[0]), added, added.SubtractedFrom(range[0] + range[1]));
    }

    /// <summary>Stretched over the range, channel by channel; one value alone stays.</summary>
    public static torch.Tensor Stretched(torch.Tensor x, IReadOnlyList<double> range)
    {
        var least = x.amin([2, 3], keepdim: true);
        var span = x.amax([2, 3], keepdim: true) - least;
        var isFlat = span == Number(0);
        var share = (x - least) / torch.where(isFlat, torch.ones_like(span), span);
        return torch.where(isFlat, x, Kept((share * Number(range[1] - range[0])).Plus(range[0]), range));
    }

    /// <summary>With each value replaced by the share of the batch's values in its channel that lie in its bin or below.</summary>
    public static torch.Tensor Equalized(torch.Tensor x, int bins, IReadOnlyList<double> range)
    {
        var channels = x.shape[1];
        var bin = (Bytes(x, range) * Number(bins - 1) / Number(Largest)).to(torch.ScalarType.Int64);
        var places = bin.transpose(0, 1).reshape(channels, -1);
        var counts = Counts(places, bins);
        var table = Spread(counts).to(x.dtype).gather(1, places);
        var equalized = table.reshape(channels, x.shape[0], x.shape[2], x.shape[3]).transpose(0, 1);
        var isFlat = ((counts > Number(0)).sum(1) <= Number(1)).reshape(1, -1, 1, 1);
        return torch.where(isFlat, x, FromBytes(equalized, range));
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

    /// <summary>Values from 0 to 255, those outside the range at its ends.</summary>
    private static torch.Tensor Bytes(torch.Tensor x, IReadOnlyList<double> range)
        => (IsOfBytes(range) ? x : x.Plus(-range[0]) / Number(range[1] - range[0]) * Number(Largest)).clamp(Number(0), Number(Largest));

    private static torch.Tensor FromBytes(torch.Tensor x, IReadOnlyList<double> range)
        => IsOfBytes(range) ? x : Kept((x / Number(Largest) * Number(range[1] - range[0])).Plus(range[0]), range);

    private static bool IsOfBytes(IReadOnlyList<double> range) => range[0] == 0 && range[1] == Largest;

    /// <summary>Within the range.</summary>
    public static torch.Tensor Kept(torch.Tensor x, IReadOnlyList<double> range) => x.clamp(Number(range[0]), Number(range[1]));
}
