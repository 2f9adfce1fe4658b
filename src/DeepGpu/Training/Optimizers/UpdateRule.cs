using DeepGpu.Models;
using TorchSharp;

namespace DeepGpu;

/// <summary>The formula of an optimizer: what it keeps for each weight, and how a gradient changes it.</summary>
internal abstract class UpdateRule
{
    /// <summary>The names of what is kept for each weight, as Keras calls them.</summary>
    public abstract IReadOnlyList<string> SlotNames { get; }

    /// <summary>The same names, those in one list that Keras keeps side by side for each weight.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> SlotGroups => [SlotNames];

    /// <summary>The rule of a description.</summary>
    public static UpdateRule For(Optimizer optimizer) => optimizer switch
    {
        Adam adam => new AdamRule(adam, adam.AmsGrad),
        AdamW adam => new AdamRule(adam, adam.AmsGrad),
        Adamax adamax => new AdamaxRule(adamax),
        Nadam nadam => new NadamRule(nadam),
        Lamb lamb => new LambRule(lamb),
        Sgd sgd => new SgdRule(sgd),
        RMSprop rmsprop => new RMSpropRule(rmsprop),
        Adagrad adagrad => new AdagradRule(adagrad),
        Adadelta adadelta => new AdadeltaRule(adadelta),
        Ftrl ftrl => new FtrlRule(ftrl),
        Lion lion => new LionRule(lion),
        Adafactor adafactor => new AdafactorRule(adafactor),
        _ => throw Require.OutOfRange("Optimizer", nameof(optimizer), "one this engine knows", optimizer.GetType().Name),
    };

    /// <summary>The first value of a slot of a weight.</summary>
    public virtual torch.Tensor NewSlot(string name, LiveWeight weight) => torch.zeros_like(weight.Tensor);

    /// <summary>Changes weights and slots. Called inside a dispose scope.</summary>
    /// <param name="batch">The weights.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="update">The number of this change, from 1.</param>
    public abstract void Apply(WeightBatch batch, double rate, long update);
}
