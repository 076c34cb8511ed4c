using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>A stream whose first words are there. What came before them is passed on with them.</summary>
internal sealed class OpenedStream : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly Queue<ChatResponseUpdate> _held = [];
    private bool _ended;

    private OpenedStream(IAsyncEnumerator<ChatResponseUpdate> updates) => _updates = updates;

    public ChatResponseUpdate Current { get; private set; } = null!;

    public static async Task<OpenedStream> OpenAsync(IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken ct)
    {
        var stream = new OpenedStream(updates.GetAsyncEnumerator(ct));
        try
        {
            do
            {
                stream._ended = !await stream._updates.MoveNextAsync();
                if (!stream._ended)
                {
                    stream._held.Enqueue(stream._updates.Current);
                }
            }
            while (!stream._ended && !IsContent(stream._updates.Current));
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (_held.TryDequeue(out var held))
        {
            Current = held;
            return true;
        }
        if (_ended || !await _updates.MoveNextAsync())
        {
            _ended = true;
            return false;
        }
        Current = _updates.Current;
        return true;
    }

    public ValueTask DisposeAsync() => _updates.DisposeAsync();

    private static bool IsContent(ChatResponseUpdate update) => update.Contents.Any(content => content is not UsageContent and not TextContent { Text: "" });
}
