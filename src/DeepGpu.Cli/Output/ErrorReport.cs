using DeepGpu.Hardware;

namespace DeepGpu.Cli;

/// <summary>Prints an error as text, or as <c>{"error": {code, rule, received, remedy, file, offset}}</c>.</summary>
internal static class ErrorReport
{
    public static void Write(Exception error, TextWriter target, bool json)
    {
        if (json) target.WriteLine(Json(error));
        else target.WriteLine($"error: {(error is IFaultSource ? error.Message : PrintableText.Of(error.Message))}");
    }

    private static string Json(Exception error)
    {
        var fault = (error as IFaultSource)?.Fault
            ?? new Fault("io_error", "The file must be readable,", $"but: {error.Message}", "Check its path and permissions.");
        var format = error as ModelFormatException;
        return JsonText.Object(json =>
        {
            json.WriteStartObject("error");
            json.WriteString("code", fault.Code);
            json.WriteString("rule", fault.Rule);
            json.WriteString("received", fault.Received);
            json.WriteString("remedy", fault.Remedy);
            json.WriteString("file", format?.File);
            if (format?.Offset is { } offset) json.WriteNumber("offset", offset);
            else json.WriteNull("offset");
            json.WriteEndObject();
        });
    }
}
