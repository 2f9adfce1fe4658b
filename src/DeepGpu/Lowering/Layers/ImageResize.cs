using DeepGpu.Models;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu;

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
    public static double[,] Matrix(long input, long output, Interpolation interpolation, bool antialias)
    {
        var matrix = new double[output, input];
        var scale = (double)input / output;
        for (var i = 0L; i < output; i++)
            FillRow(matrix, i, (i + 0.5) * scale - 0.5, input, interpolation, antialias ? Math.Max(scale, 1) : 1);
        return matrix;
    }

    private static void FillRow(double[,] matrix, long row, double centre, long input, Interpolation interpolation, double spread)
    {
        if (interpolation == Interpolation.Nearest)
        {
            matrix[row, (long)Math.Clamp(Math.Floor(centre + 0.5), 0, input - 1)] = 1;
            return;
        }

        var total = 0.0;
        if (spread == 1) centre = Clamped(centre, input, interpolation);
        for (var j = 0L; j < input; j++) total += matrix[row, j] = Kernel((centre - j) / spread, interpolation);
        for (var j = 0L; j < input; j++) matrix[row, j] /= total;
    }

    /// <summary>Linear interpolation stays inside the outermost centres; the other kernels are renormalised at the border.</summary>
    private static double Clamped(double centre, long input, Interpolation interpolation)
        => interpolation == Interpolation.Bilinear ? Math.Clamp(centre, 0, input - 1) : centre;

    private static double Kernel(double x, Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => Math.Max(1 - Math.Abs(x), 0),
        Interpolation.Bicubic => Cubic(Math.Abs(x)),
        Interpolation.Lanczos3 => Lanczos(x, 3),
        _ => Lanczos(x, 5),
    };

    /// <summary>Keys, 1981, with a = -0.5.</summary>
    private static double Cubic(double x) => x switch
    {
        >= 2 => 0,
        >= 1 => ((-0.5 * x + 2.5) * x - 4) * x + 2,
        _ => (1.5 * x - 2.5) * x * x + 1,
    };

    private static double Lanczos(double x, double radius) => Math.Abs(x) >= radius ? 0 : Sinc(x) * Sinc(x / radius);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
