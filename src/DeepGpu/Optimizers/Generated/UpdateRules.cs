// Written by eng/Generate from the classes' declarations: change those, then run it.
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>The rules of the optimizers.</summary>
internal static class UpdateRules
{
    /// <summary>The rule of an optimizer; null for one that has none here.</summary>
    public static UpdateRule? Find(Optimizer optimizer) => optimizer switch
    {
        Adadelta options => new AdadeltaRule(options),
        Adafactor options => new AdafactorRule(options),
        Adagrad options => new AdagradRule(options),
        Adam options => new AdamRule(options),
        AdamW options => new AdamRule(options),
        Adamax options => new AdamaxRule(options),
        Ftrl options => new FtrlRule(options),
        Lamb options => new LambRule(options),
        Lion options => new LionRule(options),
        Muon options => new MuonRule(options),
        Nadam options => new NadamRule(options),
        RMSprop options => new RMSpropRule(options),
        ScheduleFreeAdamW options => new ScheduleFreeRule(options),
        Sgd options => new SgdRule(options),
        _ => null,
    };
}
