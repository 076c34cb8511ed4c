namespace AiApp.Testing;

/// <summary>One answer in the two shapes of the protocol. Anonymous types carry the protocol's own names.</summary>
internal sealed record ChatAnswer(string Id, string Model, long Created, IReadOnlyList<string> Pieces, string FinishReason, int PromptTokens)
{
    /// <summary>Called instead of words.</summary>
    public IReadOnlyList<ScriptedCall> Calls { get; init; } = [];

    private object Usage => new
    {
        prompt_tokens = PromptTokens,
        completion_tokens = Pieces.Count,
        total_tokens = PromptTokens + Pieces.Count,
        prompt_tokens_details = new { cached_tokens = 0 },
        completion_tokens_details = new { reasoning_tokens = 0 },
    };

    public object ToCompletion() => new
    {
        id = Id,
        @object = "chat.completion",
        created = Created,
        model = Model,
        choices = new[]
        {
            new
            {
                index = 0,
                message = Calls.Count == 0
                    ? (object)new { role = "assistant", content = string.Concat(Pieces), refusal = (string?)null }
                    : new { role = "assistant", content = (string?)null, tool_calls = ToolCalls },
                finish_reason = FinishReason,
            },
        },
        usage = Usage,
    };

    public object RoleChunk() => Chunk(new { role = "assistant", content = "" }, finishReason: null);

    public object PieceChunk(string piece) => Chunk(new { content = piece }, finishReason: null);

    public object ToolChunk() => Chunk(new { tool_calls = ToolCalls }, finishReason: null);

    public object LastChunk() => Chunk(new { }, FinishReason);

    /// <summary>Asked for by <c>stream_options.include_usage</c>; it has no choices.</summary>
    public object UsageChunk() => new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = Created,
        model = Model,
        choices = Array.Empty<object>(),
        usage = Usage,
    };

    private object[] ToolCalls =>
        [.. Calls.Select((call, place) => new { index = place, id = $"call-{Id}-{place}", type = "function", function = new { name = call.Tool, arguments = call.Arguments } })];

    private object Chunk(object delta, string? finishReason) => new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = Created,
        model = Model,
        choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
    };
}
