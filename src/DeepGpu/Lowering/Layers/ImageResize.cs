using DeepGpu.Formats.Images;
using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Lowering;

/// <summary>Resizes the last two axes with half-pixel centres, as Keras does: each output is a weighted sum of inputs near it.</summary>
internal static class ImageResize
{
    /// <summary>Resizes a (batch, channels, height, width) tensor.</summary>
    /// <param name="x">The images.</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="interpolation">How values between pixels are found.</param>
    /// <param name="antialias">Whether each output covers as many inputs as the image shrinks by.</param>
    public static torch.Tensor Resize(torch.Tensor x, long height, long width, Interpolation interpolation, bool antialias = false)
    {
        var rows = torch.tensor(Matrix(x.shape[2], height, interpolation, antialias)).to(x.dtype).to(x.device);
        var columns = torch.tensor(Matrix(x.shape[3], width, interpolation, antialias)).to(x.dtype).to(x.device);
        return F.linear(F.linear(x.transpose(-1, -2).contiguous(), rows).transpose(-1, -2).contiguous(), columns);
    }

    /// <summary>A matrix (output, input) whose rows sum to 1.</summary>
    private static double[,] Matrix(long input, long output, Interpolation interpolation, bool antialias)
    {
        var matrix = new double[output, input];
        var taps = ImageTaps.Of(checked((int)input), checked((int)output), ImageFilters.Of(interpolation), antialias);
        for (var i = 0; i < taps.Length; i++)
        {
            for (var j = 0; j < taps[i].Weights.Length; j++) matrix[i, taps[i].First + j] = taps[i].Weights[j];
        }

        return matrix;
    }
}
