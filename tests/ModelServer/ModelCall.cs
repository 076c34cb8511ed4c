using System.Text.Json;

namespace AiApp.Testing;

public enum CallOutcome
{
    Running,

    /// <summary>The whole response was sent, error responses included.</summary>
    Completed,

    /// <summary>The caller went away first.</summary>
    Cancelled,

    /// <summary>The server reset the connection on purpose.</summary>
    Cut,
}

/// <summary>One request as the provider saw it.</summary>
public sealed class ModelCall
{
    private readonly TaskCompletionSource<CallOutcome> finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ModelCall(int number, string path, JsonElement body, string? authorization)
    {
        Number = number;
        Path = path;
        Body = body;
        Authorization = authorization;
        Model = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("model", out var model) ? model.GetString() : null;
    }

    /// <summary>Counts from 1 in the order of arrival.</summary>
    public int Number { get; }

    public string Path { get; }

    public string? Model { get; }

    public JsonElement Body { get; }

    public string? Authorization { get; }

    /// <summary>0 until the response starts.</summary>
    public int Status { get; internal set; }

    /// <summary>Pieces of the answer that were streamed.</summary>
    public int ChunksSent { get; internal set; }

    /// <summary>What it charges when the whole answer is sent; 0 for calls that it refused.</summary>
    public int InputTokens { get; internal set; }

    public int OutputTokens { get; internal set; }

    /// <summary>What <see cref="AnswerMode.Obey"/> has followed, in its order.</summary>
    public IReadOnlyList<ObeyedInstruction> Obeyed { get; internal set; } = [];

    public CallOutcome Outcome => finished.Task.IsCompletedSuccessfully ? finished.Task.GetAwaiter().GetResult() : CallOutcome.Running;

    /// <summary>Ends with the call; a test waits here for a cancellation to reach the provider.</summary>
    public Task<CallOutcome> Finished => finished.Task;

    internal void Finish(CallOutcome outcome) => finished.TrySetResult(outcome);
}
