using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Pytorch;

/// <summary>Runs a pickle as data: a stack, a memo and a literal switch over opcodes. No recursion, no call, no import.</summary>
/// <remarks>https://docs.python.org/3/library/pickletools.html; what is allowed follows PyTorch's weights_only reader.</remarks>
internal sealed class PickleMachine
{
    private const int MaxProtocol = 5;
    private const int MaxObjects = 4_000_000;

    private static readonly object MarkValue = new();

    private readonly PickleReader _reader;
    private readonly Func<StorageRequest, PickledStorage>? _storages;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private long _opcodeOffset;

    private PickleMachine(PickleReader reader, Func<StorageRequest, PickledStorage>? storages)
    {
        _reader = reader;
        _storages = storages;
    }

    /// <summary>The value of one pickle, and where the next byte is.</summary>
    /// <param name="source">Holds the pickle.</param>
    /// <param name="position">Where it starts.</param>
    /// <param name="storages">Finds the storages it mentions; null where it may mention none.</param>
    public static (object? Value, long End) Run(ByteSource source, long position, Func<StorageRequest, PickledStorage>? storages = null)
    {
        var reader = new PickleReader(source, position);
        return (new PickleMachine(reader, storages).Run(), reader.Position);
    }

    private object? Run()
    {
        while (true)
        {
            _opcodeOffset = _reader.Position;
            var opcode = (PickleOpcode)_reader.Byte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Count == 1 ? Pop() : throw Malformed($"STOP leaves one value, but {_stack.Count} are there");
            Step(opcode);
            if (_stack.Count > MaxObjects || _memo.Count > MaxObjects)
                throw Malformed($"a pickle may hold {MaxObjects} values, but holds more");
        }
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(_reader.Byte()); break;
            case PickleOpcode.Mark: Push(MarkValue); break;
            case PickleOpcode.Duplicate: Push(Peek()); break;
            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)_reader.Int32()); break;
            case PickleOpcode.BinInt1: Push((long)_reader.Byte()); break;
            case PickleOpcode.BinInt2: Push((long)_reader.UInt16()); break;
            case PickleOpcode.Long1: Push(_reader.Integer(_reader.Byte())); break;
            case PickleOpcode.Long4: Push(_reader.Integer(_reader.UInt32())); break;
            case PickleOpcode.BinFloat: Push(_reader.Float64BigEndian()); break;
            case PickleOpcode.BinUnicode: Push(_reader.Text(_reader.UInt32())); break;
            case PickleOpcode.BinString: Push(_reader.ByteText(_reader.UInt32())); break;
            case PickleOpcode.ShortBinString: Push(_reader.ByteText(_reader.Byte())); break;
            case PickleOpcode.EmptyList: Push(new PickleList()); break;
            case PickleOpcode.EmptyDict: Push(new PickleDictionary()); break;
            case PickleOpcode.EmptyTuple: Push(PickleTuple.Empty); break;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopToMark())); break;
            case PickleOpcode.Tuple1: Push(new PickleTuple(PopMany(1))); break;
            case PickleOpcode.Tuple2: Push(new PickleTuple(PopMany(2))); break;
            case PickleOpcode.Tuple3: Push(new PickleTuple(PopMany(3))); break;
            case PickleOpcode.Append: Append(PopMany(1)); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.BinPut: _memo[_reader.Byte()] = Peek(); break;
            case PickleOpcode.LongBinPut: _memo[_reader.UInt32()] = Peek(); break;
            case PickleOpcode.BinGet: Get(_reader.Byte()); break;
            case PickleOpcode.LongBinGet: Get(_reader.UInt32()); break;
            case PickleOpcode.Global: Push(PickleGlobals.Find(_reader.Line(), _reader.Line(), _opcodeOffset)); break;
            case PickleOpcode.BinPersId: Push(PickleCalls.Storage(Pop(), _storages, _opcodeOffset)); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            case PickleOpcode.NewObject: NewObject(); break;
            default: throw Forbidden(opcode);
        }
    }

    private void CheckProtocol(byte protocol)
    {
        if (protocol > MaxProtocol) throw Malformed($"pickle protocols go to {MaxProtocol}, but this is {protocol}");
    }

    private void Append(object?[] items)
    {
        if (Peek() is not PickleList list) throw Malformed("only a list can be appended to");
        list.Add(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not PickleDictionary dictionary) throw Malformed("only a dict can be given items");
        if (items.Length % 2 != 0) throw Malformed("a dict is given keys with values, but the last key has none");
        for (var i = 0; i < items.Length; i += 2) Add(dictionary, items[i], items[i + 1]);
    }

    private void Add(PickleDictionary dictionary, object? key, object? value)
    {
        if (!PickleDictionary.IsKey(key)) throw Malformed("a dict's key must be a text, a number or a tuple, but is not");
        if (!dictionary.TryAdd(key, value))
            throw PthFile.Refusals.Because("duplicate_name", "A key may appear once in a dict,",
                $"but '{StrictJson.Printable($"{key}")}' appears again.", offset: _opcodeOffset);
    }

    private void Get(long index)
    {
        if (!_memo.TryGetValue(index, out var value)) throw Malformed($"memo {index} was never filled");
        Push(value);
    }

    private void Reduce()
    {
        var (arguments, function) = (Pop(), Pop());
        if (arguments is not PickleTuple tuple) throw Malformed("a call's arguments must be a tuple");
        Push(PickleCalls.Call(function, tuple.Items, _opcodeOffset));
    }

    /// <summary>Gives an object its attributes. Only a dict may have some (a state dict keeps versions in "_metadata");
    /// they are not used.</summary>
    private void Build()
    {
        if (Pop() is not PickleDictionary state || Peek()
            is not PickleDictionary target) throw Malformed("only a dict may be given attributes");
        if (!target.IsNamespace) return;
        foreach (var (key, value) in state.Items) Add(target, key, value);
    }

    /// <summary>Makes an object without calling anything: only one that holds values by name.</summary>
    private void NewObject()
    {
        if (PopMany(2) is not [PickleFunction.Namespace, PickleTuple { Items: [] }]) throw Forbidden(PickleOpcode.NewObject);
        Push(new PickleDictionary { IsNamespace = true });
    }

    private ModelFormatException Forbidden(PickleOpcode opcode)
    {
        if (opcode == PickleOpcode.Instance) PickleGlobals.Find(_reader.Line(), _reader.Line(), _opcodeOffset);
        if (opcode == PickleOpcode.StackGlobal && PopMany(2) is [string module, string name])
            PickleGlobals.Find(module, name, _opcodeOffset);
        return PthFile.Refusals.Because(
            "forbidden_opcode",
            "A pickle here may use the opcodes that torch.save writes,",
            $"but uses opcode 0x{(byte)opcode:x2}.",
            offset: _opcodeOffset,
            help: "Nothing was run. Save the file again with torch.save and its default pickle protocol, 2.");
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Peek()
        => _stack.Count > 0 && _stack[^1] != MarkValue ? _stack[^1] : throw Malformed("a value is needed, but the stack is empty");

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(MarkValue);
        if (mark < 0) throw Malformed("a mark is needed, but there is none");
        var values = _stack.GetRange(mark + 1, _stack.Count - mark - 1).ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private ModelFormatException Malformed(string how)
        => PthFile.Refusals.Because("pickle_malformed", "A pickle must be well formed:", $"{how}.", offset: _opcodeOffset);
}
