namespace DeepGpu;

/// <summary>What a call does with a model, as far as other calls are concerned: the rule of <see cref="Model"/>.</summary>
internal enum ModelCall
{
    /// <summary>Reads weights: beside everything else.</summary>
    Read,

    /// <summary>Runs the layers: beside everything else, but for stateful layers that another call trains.</summary>
    Run,

    /// <summary>Runs the layers with what the model was compiled with, which stays meanwhile.</summary>
    Measure,

    /// <summary>Replaces values: alone, but also inside the training itself, in a callback.</summary>
    Set,

    /// <summary>Replaces all weights: alone.</summary>
    Replace,

    /// <summary>Makes the layers, or what training needs, again: alone, and nothing is measured.</summary>
    Rebuild,

    /// <summary>Trains: nothing else trains or changes the model.</summary>
    Train,
}

/// <summary>Decides which calls use a model at the same time, and frees it after the last one.</summary>
/// <remarks>What must wait waits only for calls that end by themselves; what would wait for a whole training is refused.</remarks>
/// <param name="owner">The model.</param>
/// <param name="model">The model's name.</param>
/// <param name="free">Frees what the model owns.</param>
internal sealed class ModelUse(object owner, string model, Action free)
{
    private readonly object _state = new();
    private int _running;
    private int _measuring;
    private int _owner;
    private bool _isTraining;
    private bool _isClosed;

    /// <summary>Keeps the weights whole while they are read.</summary>
    public WeightGate Weights { get; } = new();

    /// <summary>Whether layers keep states from batch to batch, which calls at the same time would mix.</summary>
    public bool IsStateful { get; set; }

    /// <summary>Whether another thread trains the model.</summary>
    public bool IsTrainedElsewhere
    {
        get
        {
            lock (_state) return _isTraining && !IsOwner;
        }
    }

    private bool IsOwner => _owner == Environment.CurrentManagedThreadId;

    private bool IsChangedElsewhere => _owner != 0 && !_isTraining && !IsOwner;

    /// <summary>Begins a call; dispose what it returns to end it.</summary>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="ModelStateException">Another call has the model for itself, or the process is ending.</exception>
    public Use Begin(ModelCall call)
    {
        ProcessEnd.Enter();
        try
        {
            if (call >= ModelCall.Set) Weights.RefuseInPass();
            lock (_state) return Admit(call);
        }
        catch
        {
            ProcessEnd.Leave();
            throw;
        }
    }

    /// <summary>Lets the layers run for one call at a time where they keep states; the call waits for others.</summary>
    public WeightGate.Held AloneIfStateful() => IsStateful ? Weights.Write() : default;

    /// <summary>Allows no further call, and frees at once or after the last one.</summary>
    public void Close()
    {
        lock (_state)
        {
            if (_isClosed) return;
            _isClosed = true;
            if (_running > 0) return;
        }

        free();
    }

    private Use Admit(ModelCall call)
    {
        while (call >= ModelCall.Measure && IsChangedElsewhere) System.Threading.Monitor.Wait(_state);
        ObjectDisposedException.ThrowIf(_isClosed && !IsOwner, owner);
        if (_isTraining && IsRefusedByTraining(call)) throw AlreadyTraining();
        if (call == ModelCall.Rebuild && _measuring > 0) throw Measuring();
        var owns = call >= ModelCall.Set && _owner == 0;
        if (owns) (_owner, _isTraining) = (Environment.CurrentManagedThreadId, call == ModelCall.Train);
        if (call == ModelCall.Measure) _measuring++;
        _running++;
        return new(this, call, owns);
    }

    private bool IsRefusedByTraining(ModelCall call) => call switch
    {
        ModelCall.Read => false,
        ModelCall.Run or ModelCall.Measure => IsStateful && !IsOwner,
        ModelCall.Set => !IsOwner,
        _ => true,
    };

    private void End(ModelCall call, bool owns)
    {
        if (IsLast(call, owns)) free();
        ProcessEnd.Leave();
    }

    private bool IsLast(ModelCall call, bool owns)
    {
        lock (_state)
        {
            if (call == ModelCall.Measure) _measuring--;
            if (owns) (_owner, _isTraining) = (0, false);
            if (owns) System.Threading.Monitor.PulseAll(_state);
            return --_running == 0 && _isClosed;
        }
    }

    private ModelStateException AlreadyTraining() => new(new(
        "already_training",
        "A model is trained or changed by one call at a time,",
        $"but '{model}' is being trained.",
        "Wait for the other call, or make a second model."));

    private ModelStateException Measuring() => new(new(
        "already_measuring",
        "A model is compiled, frozen or unfrozen while nothing is measured on it,",
        $"but '{model}' is being evaluated.",
        "Wait for the other call, or make a second model."));

    /// <summary>A call under way; disposing ends it.</summary>
    public readonly struct Use(ModelUse? owner, ModelCall call, bool owns) : IDisposable
    {
        public void Dispose() => owner?.End(call, owns);
    }
}
