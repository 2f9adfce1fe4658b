// Written by eng/Generate from the classes' declarations: change those, then run it.
using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

[JsonSerializable(typeof(Adadelta))]
[JsonSerializable(typeof(Adafactor))]
[JsonSerializable(typeof(Adagrad))]
[JsonSerializable(typeof(Adam))]
[JsonSerializable(typeof(AdamW))]
[JsonSerializable(typeof(Adamax))]
[JsonSerializable(typeof(Ftrl))]
[JsonSerializable(typeof(Lamb))]
[JsonSerializable(typeof(Lion))]
[JsonSerializable(typeof(Muon))]
[JsonSerializable(typeof(Nadam))]
[JsonSerializable(typeof(RMSprop))]
[JsonSerializable(typeof(ScheduleFreeAdamW))]
[JsonSerializable(typeof(Sgd))]
[JsonSerializable(typeof(CosineDecay))]
[JsonSerializable(typeof(CosineDecayRestarts))]
[JsonSerializable(typeof(ExponentialDecay))]
[JsonSerializable(typeof(InverseTimeDecay))]
[JsonSerializable(typeof(LinearWarmup))]
[JsonSerializable(typeof(OneCycle))]
[JsonSerializable(typeof(PiecewiseConstantDecay))]
[JsonSerializable(typeof(PolynomialDecay))]
internal sealed partial class OptimizerJsonContext;
