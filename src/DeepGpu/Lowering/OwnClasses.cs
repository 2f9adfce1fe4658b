using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>Runs what a user registered, and refuses what nobody did.</summary>
internal static class OwnClasses
{
    /// <summary>Refuses an initializer, regularizer or constraint that the engine could not run or a file not hold; one of this library
    /// passes.</summary>
    /// <param name="extensions">What is registered.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="value">The object; null passes.</param>
    /// <param name="owner">Whose it is, e.g. "'dense/kernel'".</param>
    /// <exception cref="DeepGpuArgumentException">It is a user's and not registered with a function.</exception>
    public static void Demand(this Extensions extensions, ExtensionKind kind, object? value, string owner)
    {
        value = value switch
        {
            ForgetGateOnes forget => forget.Others,
            RootOf root => root.Variance,
            _ => value,
        };
        if (value is null || value.GetType().Assembly == typeof(Layer).Assembly) return;
        if (extensions.Of(kind, value)?.Run is null) throw NotRegistered(kind, value, $"{owner} has {value.GetType().Name}");
    }

    /// <summary>The function of a registered object.</summary>
    /// <exception cref="DeepGpuArgumentException">There is none.</exception>
    private static TRun Run<TRun>(this Extensions extensions, ExtensionKind kind, object value)
        where TRun : Delegate
        => extensions.Of(kind, value)?.Run as TRun ?? throw NotRegistered(kind, value, $"{value.GetType().Name} is not, or only described");

    /// <summary>Draws the values of a registered initializer.</summary>
    /// <exception cref="DeepGpuArgumentException">It is not registered, or gives another shape.</exception>
    public static torch.Tensor Draw(this Extensions extensions, Initializer initializer, IReadOnlyList<int> shape, torch.Generator random)
    {
        var who = $"Initializer {initializer.GetType().Name}";
        var run = extensions.Run<DrawValues>(ExtensionKind.Initializer, initializer);
        var drawn = TorchBorder.OfUser(who, () => run(initializer, shape, random));
        if (drawn is not null && drawn.shape.SequenceEqual(shape.Select(length => (long)length))) return drawn.to(torch.ScalarType.Float32);
        throw Wrong(who, $"a tensor of shape ({string.Join(", ", shape)})", drawn);
    }

    /// <summary>The penalty of a registered regularizer.</summary>
    public static torch.Tensor Penalty(this Extensions extensions, Regularizer regularizer, torch.Tensor values)
    {
        var who = $"Regularizer {regularizer.GetType().Name}";
        var run = extensions.Run<ChangeValues>(ExtensionKind.Regularizer, regularizer);
        var penalty = TorchBorder.OfUser(who, () => run(regularizer, values));
        return penalty is not null && penalty.NumberOfElements == 1 ? penalty.reshape([]) : throw Wrong(who, "one number", penalty);
    }

    /// <summary>Values projected by a registered constraint.</summary>
    public static torch.Tensor Project(this Extensions extensions, Constraint constraint, torch.Tensor values)
    {
        var who = $"Constraint {constraint.GetType().Name}";
        var run = extensions.Run<ChangeValues>(ExtensionKind.Constraint, constraint);
        var projected = TorchBorder.OfUser(who, () => run(constraint, values));
        if (projected is not null && projected.shape.SequenceEqual(values.shape)) return projected;
        throw Wrong(who, $"a tensor of shape {ShapeText.Of(values.shape)}", projected);
    }

    internal static DeepGpuArgumentException NotRegistered(ExtensionKind kind, object value, string received)
    {
        var (type, word) = (value.GetType().Name, kind.ToString().ToLowerInvariant());
        var article = kind is ExtensionKind.Initializer or ExtensionKind.Optimizer ? "An" : "A";
        return new(
            new(
                "not_registered",
                $"{article} {word} of your own must be registered with what it does,",
                $"but {received}.",
                $"Pass Extensions.None.With{kind}(new {type}(), YourContext.Default.{type}, ...) to ToModel or Load."),
            word);
    }

    private static TrainingDataException Wrong(string who, string wanted, torch.Tensor? given) => new(new(
        "own_function",
        $"{who} must give {wanted},",
        given is null ? "but gave null." : $"but gave a tensor of shape {ShapeText.Of(given.shape)}.",
        "Correct the function it is registered with."));
}

/// <summary>Makes a live layer of a registered record.</summary>
internal delegate LiveLayer LowerLayer(Layer layer, LoweringContext context);

/// <summary>Draws the first values of a weight.</summary>
internal delegate torch.Tensor DrawValues(Initializer initializer, IReadOnlyList<int> shape, torch.Generator random);

/// <summary>A penalty on values, or values projected.</summary>
internal delegate torch.Tensor ChangeValues(object own, torch.Tensor values);
