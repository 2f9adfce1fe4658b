using System.Text.Json;

namespace DeepGpu.Hardware.Catalog;

/// <summary>Holds a card made in code to the rules of the catalogue's files, by writing and strictly reading its JSON.</summary>
internal static class GpuSpecCheck
{
    public static GpuSpec Checked(GpuSpec card)
        => Fault(card) is { } fault ? throw new DeepGpuArgumentException(fault, nameof(card)) : card;

    /// <summary>What is wrong with the card, or null.</summary>
    public static Fault? Fault(GpuSpec card)
    {
        try
        {
            using var json = JsonDocument.Parse(GpuCatalog.ToJson(card));
            GpuFields.Reader.Read(json.RootElement);
            return null;
        }
        catch (ModelFormatException e)
        {
            return e.Fault with { Received = $"{e.Fault.Received.TrimEnd('.')} (card '{StrictJson.Printable(card.Name)}')." };
        }
    }
}
