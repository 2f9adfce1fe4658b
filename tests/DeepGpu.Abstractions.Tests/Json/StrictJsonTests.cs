using System.Text;

namespace DeepGpu.Tests;

public class StrictJsonTests
{
    [Theory]
    [InlineData("", "not_json")]
    [InlineData("{\"a\": 1,}", "not_json")]
    [InlineData("{\"a\": NaN}", "not_json")]
    [InlineData("// comment\n{}", "not_json")]
    [InlineData("{} {}", "not_json")]
    [InlineData("\"\\ud800\"", "not_json")]
    [InlineData("{\"a\": 1, \"a\": 2}", "duplicate_name")]
    [InlineData("{\"b\": {\"a\": 1, \"\\u0061\": 2}}", "duplicate_name")]
    [InlineData("[[[[[1]]]]]", "too_deep")]
    public void Text_that_breaks_a_rule_is_refused_with_its_code(string text, string code)
        => Refused(Encoding.UTF8.GetBytes(text)).Fault.Code.Should().Be(code);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_offset()
    {
        var refused = Refused([(byte)'"', 0xC0, 0xAF, (byte)'"']);
        refused.Fault.Code.Should().Be("not_utf8");
        refused.Offset.Should().Be(1);
    }

    [Fact]
    public void Deep_nesting_does_not_overflow_the_stack()
        => Refused(Encoding.UTF8.GetBytes(new string('[', 1_000_000))).Fault.Code.Should().Be("too_deep");

    [Fact]
    public void Good_text_is_parsed()
    {
        using var document = StrictJson.Parse("{\"a\": [1, {\"a\": 2}]}"u8.ToArray(), maxDepth: 4);
        document.RootElement.GetProperty("a")[1].GetProperty("a").GetInt32().Should().Be(2);
    }

    [Fact]
    public void Control_characters_never_reach_a_terminal()
        => StrictJson.Printable("H200\u001b[31m\0").Should().Be("H200\\u001b[31m\\u0000");

    private static ModelFormatException Refused(byte[] bytes)
        => FluentActions.Invoking(() => StrictJson.Parse(bytes, maxDepth: 4)).Should().Throw<ModelFormatException>().Which;
}
