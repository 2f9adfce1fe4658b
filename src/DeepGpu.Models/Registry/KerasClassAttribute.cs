namespace DeepGpu.Models.Registry;

/// <summary>What a class's declaration alone does not say of its row in the registry and of the method that makes it.</summary>
/// <remarks>eng/Generate reads it; a class without it is called in files what it is called here, and is made by a method of its own
/// name.</remarks>
/// <param name="className">Keras's name of the class, where it is another one.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class KerasClassAttribute(string? className = null) : Attribute
{
    /// <summary>Keras's name of the class; null for the class's own.</summary>
    public string? ClassName { get; } = className;

    /// <summary>Further names that files give it.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The "name" Keras gives its objects; null for the class name in lower case.</summary>
    public string? ObjectName { get; init; }

    /// <summary>Whether Keras has the class; others are this library's own. Default true.</summary>
    public bool IsKeras { get; init; } = true;

    /// <summary>Whether a file may name it. Default true.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether a method makes it. Default true.</summary>
    public bool HasMethod { get; init; } = true;

    /// <summary>The method that makes it; null for the class's own name.</summary>
    public string? Method { get; init; }

    /// <summary>Arguments of its constructor that it takes, in C#; null for ones that follow from their types.</summary>
    public string? Sample { get; init; }

    /// <summary>Of a loss: Keras's class of metrics that is its mean; null for none.</summary>
    public string? MeanMetric { get; init; }
}
