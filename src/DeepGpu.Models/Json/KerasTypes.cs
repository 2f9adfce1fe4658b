namespace DeepGpu.Models;

/// <summary>Classes of one kind that files may name, a literal list: nothing in a file can name a .NET type.</summary>
internal sealed class KerasTypes
{
    private readonly KerasType[] _rows;
    private readonly Dictionary<string, KerasType> _byName;
    private readonly Func<string, string> _plain;
    private readonly Lazy<Dictionary<Type, KerasType>> _byType;

    /// <summary>Creates a registry.</summary>
    /// <param name="rows">The classes.</param>
    /// <param name="plain">What of a name decides; null for all of it.</param>
    public KerasTypes(KerasType[] rows, Func<string, string>? plain = null)
    {
        (_rows, _plain) = (rows, plain ?? (name => name));
        var named = rows.SelectMany(row => row.Names.Select(name => (Name: _plain(name), Row: row)));
        _byName = named.ToDictionary(pair => pair.Name, pair => pair.Row, StringComparer.Ordinal);
        _byType = new(() => _rows.ToDictionary(row => row.Type));
    }

    /// <summary>Every class.</summary>
    public IReadOnlyList<KerasType> All => _rows;

    /// <summary>The class of a name; null for one this library does not know.</summary>
    public KerasType? Find(string name) => _byName.GetValueOrDefault(_plain(name));

    /// <summary>The class of an object; null for one that is not in the list, such as a user's.</summary>
    public KerasType? Of(object value) => _byType.Value.GetValueOrDefault(value.GetType());
}
