namespace DeepGpu.Models;

/// <summary>How a weight's first values are drawn. Keras: https://keras.io/api/layers/initializers/</summary>
public abstract record Initializer
{
    /// <summary>Uniform in [-limit, limit], limit = sqrt(6 / (fan in + fan out)).</summary>
    public static Initializer GlorotUniform { get; } = new GlorotUniform();

    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All ones.</summary>
    public static Initializer Ones { get; } = new Constant(1);
}

/// <summary>Every value the same.</summary>
/// <param name="Value">The value; default 0.</param>
public sealed record Constant(double Value = 0) : Initializer;

/// <summary>Uniform in [-limit, limit], limit = sqrt(6 / (fan in + fan out)). Glorot and Bengio, 2010.</summary>
public sealed record GlorotUniform : Initializer;
