using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeepGpu.Hardware;

/// <summary>Reads one value of the kernel's files for graphics cards (/sys/class/drm/card0/device/...).</summary>
public static class SysfsValue
{
    private const int LongestFile = 4096;

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads a whole number, decimal or with "0x" hexadecimal.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <exception cref="ModelFormatException">The content is empty, not a number, negative or more than 64 bits hold.</exception>
    public static ulong Number(ReadOnlySpan<byte> content)
    {
        var text = Text(content);
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = isHexadecimal ? text.AsSpan(2) : text.AsSpan();
        if (ulong.TryParse(digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out var number))
            return number;
        var isNumber = isHexadecimal
            ? digits.Length > 0 && digits.IndexOfAnyExcept(HexadecimalDigits) < 0
            : digits.TrimStart('-') is { Length: > 0 } positive && positive.IndexOfAnyExceptInRange('0', '9') < 0;
        throw isNumber ? Broken("bad_value", "from 0 to 2^64 - 1", text) : Broken("not_a_number", "a whole number", text);
    }

    /// <summary>Reads a text of one line.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <exception cref="ModelFormatException">The content is empty, longer than a page or holds control characters.</exception>
    public static string Text(ReadOnlySpan<byte> content)
    {
        if (content.Length > LongestFile) throw Broken("bad_value", $"at most {LongestFile} bytes", $"{content.Length} bytes");
        var text = Encoding.Latin1.GetString(content).Trim(' ', '\n', '\r', '\t');
        if (text.Length == 0) throw Broken("empty_file", "a value", "");
        return text.Any(char.IsControl) || text.Any(c => c > '~') ? throw Broken("bad_value", "plain text", text) : text;
    }

    private static ModelFormatException Broken(string code, string wanted, string received)
        => new(new Fault(code, $"A file of sysfs must hold {wanted},", $"but holds '{StrictJson.Printable(received)}'.",
            "Update the kernel's driver."));
}
