using DeepGpu.Models;
using DeepGpu.Operations;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Changes of shape: cutting, padding, repeating, reordering.</summary>
internal static class ReshapingLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Flatten>(layer => new LiveFunction(x => Flattened(x, layer.DataFormat)))
        .With<Reshape>(layer => new LiveFunction(x => x.reshape([x.shape[0], .. layer.TargetShape.Select(n => (long)n)])))
        .With<Permute>(layer => new LiveFunction(x => x.permute([0, .. layer.Dims.Select(axis => (long)axis)])))
        .With<RepeatVector>(layer => new LiveFunction(x => x.unsqueeze(1).expand(x.shape[0], layer.N, x.shape[1])))
        .With<Cropping1D>(Cropping).With<Cropping2D>(Cropping).With<Cropping3D>(Cropping)
        .With<ZeroPadding1D>(Padding).With<ZeroPadding2D>(Padding).With<ZeroPadding3D>(Padding)
        .With<UpSampling1D>(UpSampling).With<UpSampling3D>(UpSampling)
        .With<UpSampling2D>(layer =>
            layer.Interpolation == Interpolation.Nearest ? UpSampling(layer) : new LiveFunction(x => Interpolated(x, layer)));

    private static torch.Tensor Flattened(torch.Tensor x, DataFormat format)
        => x.dim() == 1 ? x.unsqueeze(1) : (format == DataFormat.ChannelsFirst ? Spatial.FromChannelsFirst(x) : x).flatten(1);

    private static LiveFunction Cropping(CroppingLayer layer)
        => new(x => Enumerable.Range(0, layer.Spatial).Aggregate(x, (value, dimension) =>
        {
            var (axis, (before, after)) = (Axis(layer.DataFormat, dimension), layer.Cropping[dimension]);
            return value.narrow(axis, before, value.shape[axis] - before - after);
        }));

    private static LiveFunction Padding(ZeroPadding layer) => new(x =>
    {
        var amounts = Enumerable.Range(0, layer.Spatial)
            .Select(d => ((long)layer.Padding[d].Before, (long)layer.Padding[d].After)).ToArray();
        return Spatial.FromChannelsFirst(Spatial.Pad(Spatial.ToChannelsFirst(x, layer.DataFormat), amounts), layer.DataFormat);
    });

    private static LiveFunction UpSampling(UpSampling layer) => new(x => Enumerable.Range(0, layer.Spatial).Aggregate(x, (value, dimension)
        => layer.Size[dimension] == 1 ? value : value.repeat_interleave(layer.Size[dimension], Axis(layer.DataFormat, dimension))));

    private static torch.Tensor Interpolated(torch.Tensor x, UpSampling2D layer)
    {
        var first = Spatial.ToChannelsFirst(x, layer.DataFormat);
        var resized = ImageResize.Resize(first, first.shape[2] * layer.Size[0], first.shape[3] * layer.Size[1], layer.Interpolation);
        return Spatial.FromChannelsFirst(resized, layer.DataFormat);
    }

    private static int Axis(DataFormat format, int dimension) => dimension + (format == DataFormat.ChannelsLast ? 1 : 2);
}
