using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepGpu.Architecture.Tests;

/// <summary>docs/decisions.md: every decision has a date and a line in the index.</summary>
public partial class DecisionsTests
{
    private static readonly IReadOnlyDictionary<string, string> Sections = new Document("docs/decisions.md").Sections("##");

    public static TheoryData<string> Decisions => [.. Sections.Keys.Where(heading => heading != "Index")];

    [Theory, MemberData(nameof(Decisions))]
    public void A_decision_has_its_date_and_a_text(string heading)
    {
        var lines = Sections[heading].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        DateOnly.TryParseExact(lines[0], "'*'d MMMM yyyy'*'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            .Should().BeTrue("the line below the heading is a date like *24 November 2026*, not '{0}'", lines[0]);
        lines.Should().HaveCountGreaterThan(1);
    }

    [Theory, MemberData(nameof(Decisions))]
    public void A_decision_is_in_the_index(string heading) => Sections["Index"].Should().Contain($"[{heading}](#{Anchor(heading)})");

    [Fact]
    public void The_index_has_nothing_else()
        => IndexLine().Matches(Sections["Index"]).Select(line => line.Groups[1].Value)
            .Should().BeEquivalentTo(Sections.Keys.Where(key => key != "Index"));

    /// <summary>The anchor that GitHub gives a heading: lower case, punctuation left out, spaces as hyphens.</summary>
    private static string Anchor(string heading) => Punctuation().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^- \[(.*)\]\(#", RegexOptions.Multiline)]
    private static partial Regex IndexLine();
}
