using System.Globalization;

namespace DeepGpu.Abstractions.Tests;

/// <summary>RELIABILITY2 section 4, D and E: what a terminal obeys or turns around is shown as an escape.</summary>
public class PrintableTextTests
{
    [Theory]
    [InlineData("conv2d/kernel:0", "conv2d/kernel:0")]
    [InlineData("größe 数 🐈", "größe 数 🐈")]
    [InlineData("a\u001b]0;title\u0007b", "a\\u001b]0;title\\u0007b")]
    [InlineData("a\nerror: forged", "a\\u000aerror: forged")]
    [InlineData("a\r\tb\u007f\u009b", "a\\u000d\\u0009b\\u007f\\u009b")]
    [InlineData("a\u202eb\u2066c\u200fd\ufeffe", "a\\u202eb\\u2066c\\u200fd\\ufeffe")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("a\udb40\udc41b", "a\\udb40\\udc41b")]
    public void Control_and_formatting_characters_become_escapes(string text, string shown)
    {
        PrintableText.Of(text).Should().Be(shown);
        PrintableText.Of(shown).Should().Be(shown);
        PrintableText.Is(text).Should().Be(text == shown);
        StrictJson.Printable(text).Should().Be(shown);
    }

    [Fact]
    public void Half_a_pair_is_shown_as_an_escape()
        => PrintableText.Of("a" + '\ud83d' + "b" + '\udc08').Should().Be("a\\ud83db\\udc08");

    /// <summary>The rule by its definition: category Cc, Cf, Zl, Zp or Cs.</summary>
    [Fact]
    public void Every_character_of_the_basic_plane_is_judged_by_its_category()
    {
        for (var c = char.MinValue; c < char.MaxValue; c++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            PrintableText.Is($"x{c}y")
                .Should().Be(category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate), $"U+{(int)c:X4}");
        }
    }

    [Theory]
    [InlineData("a\nb\tc\r\nd", "a\nb\tc\r\nd")]
    [InlineData("overwritten\rx", "overwritten\\u000dx")]
    [InlineData("a\n\u001b[2J\u202e", "a\n\\u001b[2J\\u202e")]
    public void Lines_of_our_own_keep_their_ends(string text, string shown) => PrintableText.OfLines(text).Should().Be(shown);

    [Fact]
    public void A_long_text_is_cut_and_no_pair_with_it()
    {
        StrictJson.Printable(new string('a', 119) + "🐈🐈").Should().Be(new string('a', 119) + "...");
        StrictJson.Printable(new string('a', 118) + "🐈🐈").Should().Be(new string('a', 118) + "🐈...");
    }

    [Fact]
    public void Exceptions_show_names_of_files_and_in_files_as_escapes()
    {
        var fault = new Fault("code", "The rule,", "but 'x\u001b[2J\nerror: forged\u202e'.", "Remedy.");
        fault.ToString().Should().Be("The rule, but 'x\\u001b[2J\\u000aerror: forged\\u202e'. Remedy.");
        fault.Received.Should().Be("but 'x\u001b[2J\nerror: forged\u202e'.", "programs get it as it is");
        new DeepGpuException(fault).Message.Should().Be(fault.ToString());
        new DeepGpuArgumentException(fault, "p").Message.Should().Be(fault.ToString());
        new ModelStateException(fault).Message.Should().Be(fault.ToString());
        new ModelFormatException(fault, "a\u001bb\n.npy", 3, "t\u0007").Message
            .Should().Be(fault + " [a\\u001bb\\u000a.npy, entry 't\\u0007', byte 3]");
    }
}
