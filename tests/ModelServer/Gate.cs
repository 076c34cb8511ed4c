namespace AiApp.Testing;

/// <summary>Holds the server at a point until a test opens it.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => opened.TrySetResult();

    internal Task WaitAsync(CancellationToken ct) => opened.Task.WaitAsync(ct);
}
