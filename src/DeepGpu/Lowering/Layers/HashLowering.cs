using DeepGpu.Models;
using DeepGpu.Models.Hashes;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>Layers that number categories by their hash, on the processor.</summary>
internal static class HashLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<Hashing>((layer, context) => new LiveHashing(layer, context))
        .With<HashedCrossing>((layer, context) => new LiveCrossing(layer, context));

    /// <summary>A number for each whole number, in the shape and on the device of the input.</summary>
    public static torch.Tensor OnNumbers(torch.Tensor numbers, Func<long, long> change)
    {
        var changed = Array.ConvertAll(Numbers(numbers), number => change(number));
        return torch.tensor(changed, numbers.shape, device: numbers.device);
    }

    private static long[] Numbers(torch.Tensor input) => input.to(torch.ScalarType.Int64).cpu().contiguous().data<long>().ToArray();

    private static torch.ScalarType IntegerType(DataType type) => type == DataType.Int64 ? torch.ScalarType.Int64 : torch.ScalarType.Int32;

    private sealed class LiveHashing(Hashing layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.ScalarType _type = context.Policy.ComputeType();

        public override bool CastsInputs => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext _)
        {
            var bins = OnNumbers(input, layer.BinOf);
            if (layer.FirstBin == 1) bins = bins.masked_fill(input.eq(Number(layer.MaskValue!.Value.Number)), Number(0));
            var encoded = PreprocessingLowering.Encoded(bins, layer.OutputMode, layer.NumBins, _type);
            return layer.OutputMode == OutputMode.Int ? encoded.to(IntegerType(layer.IntegerType)) : encoded;
        }
    }

    private sealed class LiveCrossing(HashedCrossing layer, LoweringContext context) : LiveLayer
    {
        private readonly torch.ScalarType _type = context.Policy.ComputeType();

        public override bool CastsInputs => false;

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext _)
        {
            var first = inputs[0].Tensor;
            var features = inputs.Select(input => Numbers(input.Tensor)).ToList();
            long[] crossed = [.. Enumerable.Range(0, features[0].Length).Select(i => Cross(features, i))];
            var bins = torch.tensor(crossed, first.shape, device: first.device);
            var encoded = PreprocessingLowering.Encoded(bins, layer.OutputMode, layer.NumBins, _type);
            return [new(layer.OutputMode == OutputMode.Int ? encoded.to(IntegerType(layer.IntegerType)) : encoded)];
        }

        private long Cross(List<long[]> features, int i)
            => CategoryHash.Cross(features.Select(feature => (CategoryValue)feature[i]), layer.NumBins);
    }
}
