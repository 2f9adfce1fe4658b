using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Keras's affine_transform: each output pixel takes the value at a0 x + a1 y + a2, b0 x + b1 y + b2 of the input.</summary>
/// <remarks>A transform is (batch, 6): a0, a1, a2, b0, b1, b2, in pixels.</remarks>
internal static class AffineSampling
{
    /// <summary>Turns by angles (batch) in radians, counter-clockwise, around the middle.</summary>
    public static torch.Tensor Rotation(torch.Tensor angle, torch.Tensor x)
    {
        var (right, down) = ((x.shape[3] - 1) / 2.0, (x.shape[2] - 1) / 2.0);
        var (cos, sin) = (angle.cos(), angle.sin());
        return torch.stack([cos, -sin, (cos * Number(right)).SubtractedFrom(right).Plus(sin * Number(down)), sin, cos,
            (sin * Number(right)).SubtractedFrom(down) - cos * Number(down)], 1);
    }

    /// <summary>Shows more (above 1) or less of the image around its middle.</summary>
    public static torch.Tensor Zoom(torch.Tensor height, torch.Tensor width, torch.Tensor x)
    {
        var zero = torch.zeros_like(height);
        return torch.stack([width, zero, width.SubtractedFrom(1) * Number((x.shape[3] - 1) / 2.0), zero, height,
            height.SubtractedFrom(1) * Number((x.shape[2] - 1) / 2.0)], 1);
    }

    /// <summary>Shifts down and to the right by pixels (batch).</summary>
    public static torch.Tensor Translation(torch.Tensor down, torch.Tensor right)
    {
        var (zero, one) = (torch.zeros_like(down), torch.ones_like(down));
        return torch.stack([one, zero, -right, zero, one, -down], 1);
    }

    /// <summary>Slants by shares (batch) of a row or column, from the top left corner.</summary>
    public static torch.Tensor Shear(torch.Tensor across, torch.Tensor down)
    {
        var (zero, one) = (torch.zeros_like(down), torch.ones_like(down));
        return torch.stack([one, across, zero, down, one, zero], 1);
    }

    /// <summary>Applies transforms to (batch, channels, height, width).</summary>
    public static torch.Tensor Sample(torch.Tensor x, torch.Tensor transform, AffineImageLayer layer)
    {
        var column = Arithmetic.Range(x.shape[3], x.dtype, x.device).reshape(1, 1, -1);
        var row = Arithmetic.Range(x.shape[2], x.dtype, x.device).reshape(1, -1, 1);
        torch.Tensor Part(int i) => transform.select(1, i).reshape(-1, 1, 1);
        var (across, down) = ((Part(0) * column).Plus(Part(1) * row).Plus(Part(2)), (Part(3) * column).Plus(Part(4) * row).Plus(Part(5)));
        return layer.Interpolation == Interpolation.Nearest ? At(x, down.round(), across.round(), layer) : Between(x, down, across, layer);
    }

    private static torch.Tensor Between(torch.Tensor x, torch.Tensor down, torch.Tensor across, AffineImageLayer layer)
    {
        var (top, left) = (down.floor(), across.floor());
        var (lower, right) = ((down - top).unsqueeze(1), (across - left).unsqueeze(1));
        var above = (At(x, top, left, layer) * right.SubtractedFrom(1)).Plus(At(x, top, left.Plus(1), layer) * right);
        var below = (At(x, top.Plus(1), left, layer) * right.SubtractedFrom(1)).Plus(At(x, top.Plus(1), left.Plus(1), layer) * right);
        return (above * lower.SubtractedFrom(1)).Plus(below * lower);
    }

    /// <summary>The pixels at whole positions (batch, height, width), inside or outside.</summary>
    private static torch.Tensor At(torch.Tensor x, torch.Tensor down, torch.Tensor across, AffineImageLayer layer)
    {
        var (height, width) = (x.shape[2], x.shape[3]);
        var places = (Folded(down, height, layer.FillMode) * Number(width)).Plus(Folded(across, width, layer.FillMode));
        var flat = places.reshape(places.shape[0], 1, -1).expand(-1, x.shape[1], -1);
        var values = x.reshape(x.shape[0], x.shape[1], -1).gather(2, flat).reshape(x.shape);
        if (layer.FillMode != FillMode.Constant) return values;
        var isInside = (down >= Number(0)).logical_and(down <= Number(height - 1)).logical_and(across >= Number(0))
            .logical_and(across <= Number(width - 1));
        return torch.where(isInside.unsqueeze(1), values, torch.full_like(values, Number(layer.FillValue)));
    }

    private static torch.Tensor Folded(torch.Tensor position, long length, FillMode mode)
    {
        if (mode is FillMode.Constant or FillMode.Nearest) return position.clamp(Number(0), Number(length - 1)).to(torch.ScalarType.Int64);
        var whole = position.to(torch.ScalarType.Int64);
        if (mode == FillMode.Wrap) return torch.remainder(whole, Number(length));
        var folded = torch.remainder(whole, Number(2 * length));
        return torch.minimum(folded, folded.SubtractedFrom(2 * length - 1));
    }
}
