using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepGpu.Training;

/// <summary>Formats of numbers in file names: .NET's ("00", "0.0000", "F4"), and Python's ("02d", ".4f"), in which Keras writes
/// them.</summary>
/// <remarks>Python: https://docs.python.org/3/library/string.html#format-specification-mini-language</remarks>
internal static partial class FileNameFormat
{
    /// <summary>Refuses a format that is neither.</summary>
    /// <exception cref="DeepGpuArgumentException">It is none.</exception>
    public static void Check(string name, string format)
    {
        if (!IsNet(format) && !Python().IsMatch(format)) throw Require.OutOfRange(nameof(ModelCheckpoint), "path",
            $"a format such as '02d', '.4f', '00' or '0.0000' for {{{name}}}", format);
    }

    /// <summary>A number in a format that passed <see cref="Check"/>.</summary>
    /// <exception cref="ModelStateException">A format of whole numbers is given another.</exception>
    public static string Write(string name, double number, string format)
    {
        if (IsNet(format)) return format.Length > 0 && char.ToUpperInvariant(format[0]) is 'D' ? Whole(name, number, format)
            .ToString(format, CultureInfo.InvariantCulture)
            : number.ToString(format, CultureInfo.InvariantCulture);
        var parts = Python().Match(format).Groups;
        var width = parts["width"].Length == 0 ? 0 : int.Parse(parts["width"].Value, CultureInfo.InvariantCulture);
        var digits = parts["precision"].Length == 0 ? (int?)null : int.Parse(parts["precision"].Value, CultureInfo.InvariantCulture);
        var text = Unsigned(name, Math.Abs(number), digits, parts["type"].Value, format);
        var sign = double.IsNegative(number) ? "-" : parts["sign"].Value is "+" or " " ? parts["sign"].Value : "";
        return parts["zero"].Length > 0 ? sign + text.PadLeft(Math.Max(0, width - sign.Length), '0') : (sign + text).PadLeft(width);
    }

    [GeneratedRegex(@"^(?<sign>[-+ ])?(?<zero>0)?(?<width>[1-9][0-9]?)?(\.(?<precision>[0-9]{1,2}))?(?<type>[dfFeEgG%]?)$")]
    private static partial Regex Python();

    [GeneratedRegex(@"^([#0]*(,[#0]+)*(\.[#0]+)?|[CcEeFfGgNnPpRr][0-9]{1,2}|[Dd][0-9]{0,2}|[CFEGNPR])$")]
    private static partial Regex Net();

    private static bool IsNet(string format) => Net().IsMatch(format);

    private static string Unsigned(string name, double number, int? digits, string type, string format) => type switch
    {
        "d" => Whole(name, number, format).ToString(CultureInfo.InvariantCulture),
        "f" or "F" => number.ToString($"F{digits ?? 6}", CultureInfo.InvariantCulture),
        "%" => (number * 100).ToString($"F{digits ?? 6}", CultureInfo.InvariantCulture) + "%",
        "e" or "E" => number.ToString($"0.{new string('0', digits ?? 6)}{type}+00", CultureInfo.InvariantCulture),
        _ => digits is { } significant ? number.ToString($"G{Math.Max(1, significant)}", CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture),
    };

    private static long Whole(string name, double number, string format) => double.IsInteger(number) ? (long)number
        : throw new ModelStateException(new(
        "bad_placeholder",
        "A format of whole numbers may be given only those,",
        FormattableString.Invariant($"but '{format}' is given {name} = {number}."),
        "Use a format such as '.4f' or '0.0000'."));
}
