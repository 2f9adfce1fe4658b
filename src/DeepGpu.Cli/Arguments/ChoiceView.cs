namespace DeepGpu.Cli;

/// <summary>What a table of a choice shows.</summary>
internal enum ChoiceView
{
    /// <summary>No table unless it is asked for.</summary>
    All,

    /// <summary>Cards to rent, by what the run costs.</summary>
    Rent,

    /// <summary>Cards to buy, in the order of the policy.</summary>
    Buy,
}
