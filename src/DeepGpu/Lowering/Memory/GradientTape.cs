using TorchSharp;

namespace DeepGpu.Lowering;

/// <summary>The segments of a pass whose activations are made again in the backward pass, in the order they ran. Between segments values
/// are leaves of autograd: a gradient arrives in a leaf and waits there for the segment that wrote it.</summary>
/// <remarks>Gradients add up in the order of one backward pass through the whole model, so that they are the same to the last bit: what
/// waits already is handed to autograd as the first addend of a value or weight that a segment reads too.</remarks>
/// <param name="random">What the pass draws its random numbers from.</param>
/// <param name="weights">The weights that gradients are for.</param>
internal sealed class GradientTape(torch.Generator random, IReadOnlyList<LiveWeight> weights)
{
    private readonly Stack<RecordedSegment> _segments = [];

    /// <summary>What the pass draws its random numbers from.</summary>
    public torch.Generator Random => random;

    /// <summary>The weights whose names start with one of some prefixes.</summary>
    public LiveWeight[] WeightsOf(IReadOnlyCollection<string> prefixes)
        => [.. weights.Where(weight => prefixes.Any(prefix => weight.Name.StartsWith(prefix, StringComparison.Ordinal)))];

    /// <summary>Adds a segment that has run.</summary>
    public void Add(RecordedSegment segment) => _segments.Push(segment);

    /// <summary>The gradients of a loss: through what follows the last segment, then segment by segment.</summary>
    /// <param name="loss">The loss, in the scope that the pass ran in.</param>
    public void Backward(torch.Tensor loss)
    {
        using var scope = torch.NewDisposeScope();
        var earlier = weights.Select(weight => (weight.Tensor, Gradient: Gradients.Take(weight.Tensor))).ToList();
        loss.backward();
        using (var now = random.get_state())
        {
            while (_segments.TryPop(out var segment)) segment.Backward(random);
            random.set_state(now);
        }

        foreach (var (weight, gradient) in earlier) Gradients.AddTo(weight, gradient);
    }
}

/// <summary>Gradients that wait in a tensor.</summary>
internal static class Gradients
{
    /// <summary>The gradient that waits in a tensor, taken out of it; null where none does.</summary>
    public static torch.Tensor? Take(torch.Tensor tensor)
    {
        if (!tensor.requires_grad || tensor.grad is not { } gradient) return null;
        tensor.grad = null;
        return gradient;
    }

    /// <summary>Adds to an earlier gradient what waits in a tensor, as autograd does.</summary>
    public static void AddTo(torch.Tensor tensor, torch.Tensor? earlier)
    {
        if (earlier is null) return;
        using var noGradient = torch.no_grad();
        if (tensor.grad is { } later) earlier.add_(later, Number(1));
        tensor.grad = earlier;
    }
}
