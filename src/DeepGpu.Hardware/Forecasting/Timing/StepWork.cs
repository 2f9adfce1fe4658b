namespace DeepGpu.Hardware;

/// <summary>A workload as kernels: what each operation starts, with all counts that do not depend on a card.</summary>
internal sealed record StepWork
{
    public required Workload Workload { get; init; }

    /// <summary>The work of each operation, in the workload's order.</summary>
    public required IReadOnlyList<OperationWork> Operations { get; init; }

    /// <summary>Operations that the host starts going forward.</summary>
    public required int HostForward { get; init; }

    /// <summary>Operations whose backward pass the host starts.</summary>
    public required int HostBackward { get; init; }

    /// <summary>The same work as one operation, equal kernels counted: what adds up quickly.</summary>
    public StepWork Merged() => this with
    {
        Kinds = [0],
        Operations =
        [
            new OperationWork(
                Operations[0].Operation,
                [.. Operations.SelectMany(operation => operation.Products).GroupBy(kernel => kernel)
                    .Select(same => same.Key with { Count = same.Count() })],
                Operations.Sum(operation => operation.Elements),
                Operations.Sum(operation => operation.Passes)) { OtherFlops = Operations.Sum(operation => operation.OtherFlops) },
        ],
    };

    /// <summary>For each operation the place of the first that does the same work.</summary>
    public IReadOnlyList<int> Kinds { get => field ??= KindsOf(Operations); private init; }

    private static int[] KindsOf(IReadOnlyList<OperationWork> operations)
    {
        var first = new Dictionary<Operation, int>();
        var kinds = new int[operations.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            var kind = operations[i].Operation with { Name = "", Inputs = [] };
            if (!first.TryGetValue(kind, out kinds[i])) first[kind] = kinds[i] = i;
        }

        return kinds;
    }

    public bool IsTraining => Workload.Task == WorkloadTask.Training;

    public static StepWork Of(Workload workload)
    {
        var training = workload.Task == WorkloadTask.Training;
        return new()
        {
            Workload = workload,
            Operations = [.. workload.Operations.Select(operation => OperationWork.Of(operation, training))],
            HostForward = workload.Operations.Count(operation => operation.ForwardLaunches > 0),
            HostBackward = training
                ? workload.Operations.Count(operation => operation.HasBackward && operation.Kind != OperationKind.View)
                : 0,
        };
    }
}

/// <summary>What one operation starts.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Products">Its kernels that multiply.</param>
/// <param name="Elements">Elements that its element-wise passes move.</param>
/// <param name="Passes">The number of those passes.</param>
internal sealed record OperationWork(Operation Operation, IReadOnlyList<ProductKernel> Products, double Elements, int Passes)
{
    /// <summary>Operations without a product that libraries compute as one kernel: their FLOP at the efficiency
    /// of a dense product.</summary>
    public double OtherFlops { get; init; }

    public static OperationWork Of(Operation operation, bool isTraining)
    {
        IReadOnlyList<ProductKernel> products = [.. ProductKernel.Of(operation, isTraining)];
        var launches = operation.ForwardLaunches + (isTraining ? operation.BackwardLaunches : 0);
        var elements = operation.ForwardElements + (isTraining ? operation.BackwardElements : 0);
        var plain = operation.Product is null && operation.Recurrence is null;
        return new(operation, products, elements, elements > 0 ? Math.Max(1, launches - products.Count) : 0)
        {
            OtherFlops = plain ? operation.ForwardFlops + (isTraining ? operation.BackwardFlops : 0) : 0,
        };
    }
}
