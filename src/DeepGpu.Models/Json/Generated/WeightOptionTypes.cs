// Written by eng/Generate from the classes' declarations: change those, then run it.
namespace DeepGpu.Models.Json;

/// <content>The rows.</content>
internal static partial class WeightOptionTypes
{
    private static KerasType[] InitializerRows() =>
    [
        new KerasType<Constant>("Constant", () => Json.Constant, () => new()),
        new KerasType<GlorotNormal>("GlorotNormal", () => Json.GlorotNormal, () => new()),
        new KerasType<GlorotUniform>("GlorotUniform", () => Json.GlorotUniform, () => new()),
        new KerasType<HeNormal>("HeNormal", () => Json.HeNormal, () => new()),
        new KerasType<HeUniform>("HeUniform", () => Json.HeUniform, () => new()),
        new KerasType<IdentityInitializer>("Identity", () => Json.IdentityInitializer, () => new())
        { Aliases = ["IdentityInitializer"] },
        new KerasType<LecunNormal>("LecunNormal", () => Json.LecunNormal, () => new()),
        new KerasType<LecunUniform>("LecunUniform", () => Json.LecunUniform, () => new()),
        new KerasType<Ones>("Ones", () => Json.Ones, () => new()) { Aliases = ["One"] },
        new KerasType<Orthogonal>("Orthogonal", () => Json.Orthogonal, () => new()) { Aliases = ["OrthogonalInitializer"] },
        new KerasType<RandomNormal>("RandomNormal", () => Json.RandomNormal, () => new()) { Aliases = ["Normal"] },
        new KerasType<RandomUniform>("RandomUniform", () => Json.RandomUniform, () => new()) { Aliases = ["Uniform"] },
        new KerasType<TruncatedNormal>("TruncatedNormal", () => Json.TruncatedNormal, () => new()),
        new KerasType<VarianceScaling>("VarianceScaling", () => Json.VarianceScaling, () => new()),
        new KerasType<Zeros>("Zeros", () => Json.Zeros, () => new()) { Aliases = ["Zero"] },
    ];

    private static KerasType[] RegularizerRows() =>
    [
        new KerasType<L1>("L1", () => Json.L1, () => new()),
        new KerasType<L1L2>("L1L2", () => Json.L1L2, () => new()),
        new KerasType<L2>("L2", () => Json.L2, () => new()),
        new KerasType<OrthogonalRegularizer>("OrthogonalRegularizer", () => Json.OrthogonalRegularizer, () => new()),
    ];

    private static KerasType[] ConstraintRows() =>
    [
        new KerasType<MaxNorm>("MaxNorm", () => Json.MaxNorm, () => new()),
        new KerasType<MinMaxNorm>("MinMaxNorm", () => Json.MinMaxNorm, () => new()),
        new KerasType<NonNeg>("NonNeg", () => Json.NonNeg, () => new()),
        new KerasType<UnitNorm>("UnitNorm", () => Json.UnitNorm, () => new()),
    ];
}
