using DeepGpu.Models.Registry;

namespace DeepGpu.Models;

/// <summary>How a weight's first values are drawn. Keras: https://keras.io/api/layers/initializers/</summary>
/// <remarks>Fan in and fan out are the receptive field times the input and output channels.</remarks>
public abstract record Initializer
{
    /// <summary>Uniform in [-limit, limit], limit = sqrt(6 / (fan in + fan out)).</summary>
    public static Initializer GlorotUniform { get; } = new GlorotUniform();

    /// <summary>Truncated normal with variance 2 / fan in: for layers followed by ReLU.</summary>
    public static Initializer HeNormal { get; } = new HeNormal();

    /// <summary>A random orthogonal matrix.</summary>
    public static Initializer Orthogonal { get; } = new Orthogonal();

    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new Zeros();

    /// <summary>All ones.</summary>
    public static Initializer Ones { get; } = new Ones();
}

/// <summary>An initializer that draws random numbers.</summary>
public abstract record RandomInitializer : Initializer
{
    /// <summary>The seed of this weight alone; null draws from the model's.</summary>
    public long? Seed { get; init; }
}

/// <summary>All zeros.</summary>
[KerasClass(Aliases = ["Zero"])]
public sealed record Zeros : Initializer;

/// <summary>All ones.</summary>
[KerasClass(Aliases = ["One"])]
public sealed record Ones : Initializer;

/// <summary>Every value the same, or the values of an array that repeats along the weight's axes.</summary>
/// <remarks>A weight whose shape the array does not repeat to is refused when the model is built.</remarks>
/// <param name="Value">One number, or an array; default 0.</param>
public sealed record Constant(ConstantValue Value = default) : Initializer;

/// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
/// <param name="Gain">The value on the diagonal; default 1.</param>
[KerasClass("Identity", Aliases = ["IdentityInitializer"])]
public sealed record IdentityInitializer(double Gain = 1) : Initializer
{
    /// <summary>The value on the diagonal, finite.</summary>
    public double Gain
    {
        get;
        init => field = Require.Finite(value, nameof(IdentityInitializer), nameof(Gain));
    } = Require.Finite(Gain, nameof(IdentityInitializer));
}

/// <summary>A random orthogonal matrix: the axes but the last are joined to rows. Saxe et al., 2013.</summary>
/// <param name="Gain">A factor; default 1.</param>
[KerasClass(Aliases = ["OrthogonalInitializer"])]
public sealed record Orthogonal(double Gain = 1) : RandomInitializer
{
    /// <summary>A factor, finite.</summary>
    public double Gain
    {
        get;
        init => field = Require.Finite(value, nameof(Orthogonal), nameof(Gain));
    } = Require.Finite(Gain, nameof(Orthogonal));
}

/// <summary>Normally distributed.</summary>
/// <param name="Mean">Default 0.</param>
/// <param name="Stddev">Default 0.05.</param>
[KerasClass(Aliases = ["Normal"])]
public sealed record RandomNormal(double Mean = 0, double Stddev = 0.05) : RandomInitializer
{
    /// <summary>The mean, finite.</summary>
    public double Mean
    {
        get;
        init => field = Require.Finite(value, nameof(RandomNormal), nameof(Mean));
    } = Require.Finite(Mean, nameof(RandomNormal));

    /// <summary>The standard deviation, at least 0.</summary>
    public double Stddev
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(RandomNormal), nameof(Stddev));
    } = Require.AtLeast(Stddev, 0, nameof(RandomNormal));
}

/// <summary>Uniform in [low, high).</summary>
/// <param name="Minval">Default -0.05.</param>
/// <param name="Maxval">Default 0.05.</param>
[KerasClass(Aliases = ["Uniform"])]
public sealed record RandomUniform(double Minval = -0.05, double Maxval = 0.05) : RandomInitializer
{
    /// <summary>The least value, finite.</summary>
    public double Minval
    {
        get;
        init => field = Require.Finite(value, nameof(RandomUniform), nameof(Minval));
    } = Require.Finite(Minval, nameof(RandomUniform));

    /// <summary>The bound that no value reaches, finite.</summary>
    public double Maxval
    {
        get;
        init => field = Require.Finite(value, nameof(RandomUniform), nameof(Maxval));
    } = Require.Finite(Maxval, nameof(RandomUniform));
}

/// <summary>Normally distributed, values beyond two standard deviations drawn again.</summary>
/// <param name="Mean">Default 0.</param>
/// <param name="Stddev">Default 0.05, before truncation.</param>
public sealed record TruncatedNormal(double Mean = 0, double Stddev = 0.05) : RandomInitializer
{
    /// <summary>The mean, finite.</summary>
    public double Mean
    {
        get;
        init => field = Require.Finite(value, nameof(TruncatedNormal), nameof(Mean));
    } = Require.Finite(Mean, nameof(TruncatedNormal));

    /// <summary>The standard deviation before truncation, at least 0.</summary>
    public double Stddev
    {
        get;
        init => field = Require.AtLeast(value, 0, nameof(TruncatedNormal), nameof(Stddev));
    } = Require.AtLeast(Stddev, 0, nameof(TruncatedNormal));
}

/// <summary>Uniform in [-limit, limit], limit = sqrt(6 / (fan in + fan out)). Glorot and Bengio, 2010.</summary>
public sealed record GlorotUniform : RandomInitializer;

/// <summary>Truncated normal with variance 2 / (fan in + fan out). Glorot and Bengio, 2010.</summary>
public sealed record GlorotNormal : RandomInitializer;

/// <summary>Uniform in [-limit, limit], limit = sqrt(6 / fan in). He et al., 2015.</summary>
public sealed record HeUniform : RandomInitializer;

/// <summary>Truncated normal with variance 2 / fan in. He et al., 2015.</summary>
public sealed record HeNormal : RandomInitializer;

/// <summary>Uniform in [-limit, limit], limit = sqrt(3 / fan in). LeCun et al., 1998.</summary>
public sealed record LecunUniform : RandomInitializer;

/// <summary>Truncated normal with variance 1 / fan in. LeCun et al., 1998.</summary>
public sealed record LecunNormal : RandomInitializer;
