using TorchSharp;

namespace DeepGpu;

/// <summary>How often each class was taken for each: a matrix of weights, target classes in rows and predicted ones in columns.</summary>
internal static class ClassPairs
{
    public static torch.Tensor Start(int classes, torch.Device device) => torch.zeros([classes, classes], torch.ScalarType.Float64, device);

    /// <summary>Adds pairs of class indices in place. What lies outside the classes, and the class to ignore, is left out.</summary>
    public static void Add(torch.Tensor matrix, torch.Tensor target, torch.Tensor predicted, torch.Tensor? weights, int? ignored = null)
    {
        var classes = matrix.size(0);
        var (truth, guess) = (target.to(torch.ScalarType.Int64).reshape(-1), predicted.to(torch.ScalarType.Int64).reshape(-1));
        var counts = IsClass(truth, classes).logical_and(IsClass(guess, classes));
        if (ignored is { } other) counts = counts.logical_and(truth.ne(Number(other)));
        var own = counts.to(torch.ScalarType.Float64);
        if (weights is not null)
            own = own * SampleWeights.Aligned(weights.to(torch.ScalarType.Float64), predicted).expand_as(predicted).reshape(-1);
        matrix.view(-1).index_add_(0, (truth * Number(classes)).Plus(guess).masked_fill(counts.logical_not(), Number(0)), own, Number(1));
    }

    private static torch.Tensor IsClass(torch.Tensor indices, long classes)
        => indices.ge(Number(0)).logical_and(indices.lt(Number(classes)));
}
