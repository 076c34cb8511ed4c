using System.Text.Json;

namespace AiApp.Testing;

/// <summary>Every request in order of arrival, with a signal at each change.</summary>
internal sealed class CallLog(bool keeps)
{
    private readonly Lock gate = new();
    private readonly List<ModelCall> calls = [];
    private int number;
    private TaskCompletionSource changed = NewSignal();

    public IReadOnlyList<ModelCall> All
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    public ModelCall Add(string path, JsonElement body, string? authorization)
    {
        ModelCall call;
        lock (gate)
        {
            call = new ModelCall(++number, path, body, authorization);
            if (keeps)
            {
                calls.Add(call);
            }
        }

        Signal();
        return call;
    }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return number;
            }
        }
    }

    public void Signal()
    {
        if (!keeps)
        {
            return;
        }
        lock (gate)
        {
            changed.SetResult();
            changed = NewSignal();
        }
    }

    public async Task<ModelCall> WaitAsync(Func<ModelCall, bool> wanted, CancellationToken ct)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (calls.Find(call => wanted(call)) is { } found)
                {
                    return found;
                }

                signal = changed.Task;
            }

            await signal.WaitAsync(ct);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
