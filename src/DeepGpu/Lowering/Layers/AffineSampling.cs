using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Keras's affine_transform: each output pixel takes the value at a0 x + a1 y + a2, b0 x + b1 y + b2 of the input.</summary>
/// <remarks>A transform is (batch, 6): a0, a1, a2, b0, b1, b2, in pixels.</remarks>
internal static class AffineSampling
{
    /// <summary>Turns by angles (batch) in radians, counter-clockwise, around the middle.</summary>
    public static torch.Tensor Rotation(torch.Tensor angle, torch.Tensor x)
    {
        var (right, down) = ((x.shape[3] - 1) / 2.0, (x.shape[2] - 1) / 2.0);
        var (cos, sin) = (angle.cos(), angle.sin());
        return torch.stack([cos, -sin, right - cos * right + sin * down, sin, cos, down - sin * right - cos * down], 1);
    }

    /// <summary>Shows more (above 1) or less of the image around its middle.</summary>
    public static torch.Tensor Zoom(torch.Tensor height, torch.Tensor width, torch.Tensor x)
    {
        var zero = torch.zeros_like(height);
        return torch.stack([width, zero, (1 - width) * ((x.shape[3] - 1) / 2.0), zero, height, (1 - height) * ((x.shape[2] - 1) / 2.0)], 1);
    }

    /// <summary>Shifts down and to the right by pixels (batch).</summary>
    public static torch.Tensor Translation(torch.Tensor down, torch.Tensor right)
    {
        var (zero, one) = (torch.zeros_like(down), torch.ones_like(down));
        return torch.stack([one, zero, -right, zero, one, -down], 1);
    }

    /// <summary>Applies transforms to (batch, channels, height, width).</summary>
    public static torch.Tensor Sample(torch.Tensor x, torch.Tensor transform, AffineImageLayer layer)
    {
        var column = torch.arange(x.shape[3], dtype: x.dtype, device: x.device).reshape(1, 1, -1);
        var row = torch.arange(x.shape[2], dtype: x.dtype, device: x.device).reshape(1, -1, 1);
        torch.Tensor Part(int i) => transform.select(1, i).reshape(-1, 1, 1);
        var (across, down) = (Part(0) * column + Part(1) * row + Part(2), Part(3) * column + Part(4) * row + Part(5));
        return layer.Interpolation == Interpolation.Nearest ? At(x, down.round(), across.round(), layer) : Between(x, down, across, layer);
    }

    private static torch.Tensor Between(torch.Tensor x, torch.Tensor down, torch.Tensor across, AffineImageLayer layer)
    {
        var (top, left) = (down.floor(), across.floor());
        var (lower, right) = ((down - top).unsqueeze(1), (across - left).unsqueeze(1));
        var above = At(x, top, left, layer) * (1 - right) + At(x, top, left + 1, layer) * right;
        var below = At(x, top + 1, left, layer) * (1 - right) + At(x, top + 1, left + 1, layer) * right;
        return above * (1 - lower) + below * lower;
    }

    /// <summary>The pixels at whole positions (batch, height, width), inside or outside.</summary>
    private static torch.Tensor At(torch.Tensor x, torch.Tensor down, torch.Tensor across, AffineImageLayer layer)
    {
        var (height, width) = (x.shape[2], x.shape[3]);
        var places = Folded(down, height, layer.FillMode) * width + Folded(across, width, layer.FillMode);
        var flat = places.reshape(places.shape[0], 1, -1).expand(-1, x.shape[1], -1);
        var values = x.reshape(x.shape[0], x.shape[1], -1).gather(2, flat).reshape(x.shape);
        if (layer.FillMode != FillMode.Constant) return values;
        var isInside = (down >= 0).logical_and(down <= height - 1).logical_and(across >= 0).logical_and(across <= width - 1);
        return torch.where(isInside.unsqueeze(1), values, torch.full_like(values, layer.FillValue));
    }

    private static torch.Tensor Folded(torch.Tensor position, long length, FillMode mode)
    {
        if (mode is FillMode.Constant or FillMode.Nearest) return position.clamp(0, length - 1).to(torch.ScalarType.Int64);
        var whole = position.to(torch.ScalarType.Int64);
        if (mode == FillMode.Wrap) return torch.remainder(whole, length);
        var folded = torch.remainder(whole, 2 * length);
        return torch.minimum(folded, 2 * length - 1 - folded);
    }
}
