using AiApp.Rag.Tenants;

namespace AiApp.Rag.Jobs;

/// <summary>Whose turn it is in this process, and whose turn goes to the job that has been due longest.</summary>
internal sealed class TenantTurns
{
    /// <summary>Often enough that bulk work goes on beside a steady stream of uploads, seldom enough that nobody notices.</summary>
    private const int OvertakeEvery = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _turns = [];
    private int _last;

    /// <summary>The tenant of the last claim; 0 begins anew. A race between two claims costs a turn at most.</summary>
    public int Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public void Note(TenantId? claimed)
    {
        lock (_gate)
        {
            _last = claimed?.Value ?? 0;
            if (claimed is { } tenant)
            {
                _turns[tenant.Value] = (_turns.GetValueOrDefault(tenant.Value) + 1) % OvertakeEvery;
            }
        }
    }

    public int[] ListOvertaken()
    {
        lock (_gate)
        {
            return [.. _turns.Where(turn => turn.Value == OvertakeEvery - 1).Select(turn => turn.Key)];
        }
    }
}
