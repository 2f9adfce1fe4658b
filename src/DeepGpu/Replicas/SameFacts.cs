using System.Globalization;

namespace DeepGpu.Replicas;

/// <summary>What must be the same in every process before they train together.</summary>
internal static class SameFacts
{
    /// <summary>A number that differs where texts do.</summary>
    public static long Hash(IEnumerable<string> texts)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in texts.SelectMany(text => text + "\n")) hash = (hash ^ letter) * 1099511628211UL;
        return (long)hash;
    }

    /// <summary>Compares facts with those of the first process.</summary>
    /// <exception cref="DistributionException">One differs; thrown in every process.</exception>
    public static void Require(this ReplicaGroup group, params (string What, long Value)[] facts)
    {
        var all = group.Gather([.. facts.Select(fact => fact.Value)]);
        for (var rank = 1; rank < group.Count; rank++)
        {
            for (var i = 0; i < facts.Length; i++)
            {
                var (theirs, first) = (all[rank * facts.Length + i], all[i]);
                if (theirs != first) throw Differs(group, rank, facts[i].What, theirs, first);
            }
        }
    }

    private static DistributionException Differs(ReplicaGroup group, int rank, string what, long theirs, long first) => new(new(
        "ranks_differ",
        $"Every process needs the same {what},",
        string.Create(CultureInfo.InvariantCulture, $"but {group.NameOf(rank)} has {theirs}, and {group.NameOf(0)} has {first}."),
        "Start the same program with the same data everywhere."));
}
