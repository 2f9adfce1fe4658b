using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>What tells positions apart: tables, sines, rotations, slopes.</summary>
internal static class PositionLowering
{
    public static LoweringTable AddTo(LoweringTable table) => table
        .With<RotaryEmbedding>((layer, context) => new LiveRotation(layer, context))
        .With<SinePositionEncoding>((layer, context) => new LiveSines(layer, context))
        .With<PositionEmbedding>((_, context) => new LivePositions(context))
        .With<TokenAndPositionEmbedding>((layer, context) => new LiveTokensAndPositions(layer, context))
        .With<AlibiBias>((layer, context) => new LiveSlopes(layer, context));

    /// <summary>Angles (steps, ...) in single precision: the step's number times each frequency.</summary>
    private static torch.Tensor Angles(long steps, torch.Tensor frequencies)
        => Arithmetic.Range(steps, torch.ScalarType.Float32, frequencies.device).unsqueeze(1) * frequencies;

    /// <summary>Numbers of the host on the model's device, in single precision.</summary>
    private static torch.Tensor Single(LoweringContext context, IEnumerable<double> numbers)
    {
        using var values = torch.tensor([.. numbers.Select(number => (float)number)]);
        return context.Constant(values, torch.ScalarType.Float32);
    }

    private sealed class LiveRotation(RotaryEmbedding layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.Tensor _frequencies = Single(context, Frequencies(layer, context.Inputs[0]));

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var rank = (int)input.dim();
            var (steps, features) = (Axes.Resolve(layer.SequenceAxis, rank), Axes.Resolve(layer.FeatureAxis, rank));
            var half = Angles(input.shape[steps], _frequencies);
            var angles = torch.cat([half, half], -1);
            if (features < steps) angles = angles.t();
            var shaped = angles.reshape([.. input.shape.Select((length, axis) => axis == steps || axis == features ? length : 1)]);
            var halves = input.chunk(2, features);
            var turned = torch.cat([halves[1].neg(), halves[0]], features);
            return (input * shaped.cos().to(input.dtype)).Plus(turned * shaped.sin().to(input.dtype));
        }

        private static IEnumerable<double> Frequencies(RotaryEmbedding layer, Shape input)
        {
            var length = input[Axes.Resolve(layer.FeatureAxis, input.Rank)]!.Value;
            return Enumerable.Range(0, length / 2).Select(i => Math.Pow(layer.MaxWavelength, -2.0 * i / length) / layer.ScalingFactor);
        }
    }

    private sealed class LiveSines(SinePositionEncoding layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.Tensor _frequencies = Single(context, Frequencies(layer, context.Inputs[0][^1]!.Value));

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var angles = Angles(input.shape[^2], _frequencies);
            var isOdd = Arithmetic.Range(input.shape[^1], torch.ScalarType.Int64, input.device).remainder(Number(2)).eq(Number(1));
            return torch.where(isOdd, angles.cos(), angles.sin()).to(input.dtype).expand(input.shape);
        }

        private static IEnumerable<double> Frequencies(SinePositionEncoding layer, int features)
            => Enumerable.Range(0, features).Select(i => Math.Pow(layer.MaxWavelength, -(double)(i - i % 2) / features));
    }

    private sealed class LivePositions(LoweringContext context) : UnaryLiveLayer
    {
        private readonly LiveWeight _table = context.Weight("embeddings");

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context) => context.Cache is { } cache
            ? _table.Value.index_select(0, cache.Positions.reshape(-1)).reshape(input.shape)
            : _table.Value.narrow(0, 0, input.shape[^2]).expand(input.shape);
    }

    private sealed class LiveTokensAndPositions : LiveLayer
    {
        private readonly LiveLayer _tokens;
        private readonly LiveLayer _positions;

        public LiveTokensAndPositions(TokenAndPositionEmbedding layer, LoweringContext context)
        {
            var (token, inputs) = (layer.Token, context.Inputs);
            _tokens = context.Inner(token, TokenAndPositionEmbedding.TokenName, inputs);
            _positions = context.Inner(layer.Position, TokenAndPositionEmbedding.PositionName, token.OutputShapes(inputs));
        }

        public override bool CastsInputs => false;

        public override IReadOnlyList<Signal> Forward(IReadOnlyList<Signal> inputs, ForwardContext context)
        {
            var tokens = _tokens.Forward(inputs, context)[0];
            return [tokens with { Tensor = tokens.Tensor.Plus(_positions.Forward([tokens], context)[0].Tensor) }];
        }
    }

    private sealed class LiveSlopes(AlibiBias layer, LoweringContext context) : UnaryLiveLayer
    {
        private readonly torch.Tensor _slopes = Single(context, layer.Slopes(context.Inputs[0][1]!.Value));

        protected override bool PassesMask => false;

        public override torch.Tensor Forward(torch.Tensor input, ForwardContext context)
        {
            var places = Arithmetic.Range(input.shape[^1], torch.ScalarType.Float32, input.device) - Number(input.shape[^1] - 1);
            return input.Plus((_slopes.reshape(-1, 1, 1) * places).to(input.dtype));
        }
    }
}
