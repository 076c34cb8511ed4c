using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>The part of the typed client that talks.</summary>
public sealed partial class AiAppClient
{
    public Task<ConversationDto> CreateConversationAsync(ConversationRequest request, CancellationToken ct = default) =>
        SendAsync<ConversationDto>(new(HttpMethod.Post, "api/conversations") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Newest first, without their turns.</summary>
    public Task<PageDto<ConversationDto>> ListConversationsAsync(string? cursor = null, int limit = 50, CancellationToken ct = default) =>
        SendAsync<PageDto<ConversationDto>>(new(HttpMethod.Get, $"api/conversations?limit={limit}"
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")), ct);

    public Task<ConversationDto> GetConversationAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<ConversationDto>(new(HttpMethod.Get, $"api/conversations/{id}"), ct);

    public Task<ConversationDto> RenameConversationAsync(Guid id, string title, CancellationToken ct = default) =>
        SendAsync<ConversationDto>(new(HttpMethod.Patch, $"api/conversations/{id}")
        {
            Content = JsonContent.Create(new ConversationPatch { Title = title }, options: Json),
        }, ct);

    public Task DeleteConversationAsync(Guid id, CancellationToken ct = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/conversations/{id}"), ct);

    /// <summary>Waits for the whole answer. Leaving early does not end it.</summary>
    public Task<TurnDto> AddTurnAsync(Guid conversation, TurnRequest request, CancellationToken ct = default) =>
        SendAsync<TurnDto>(new(HttpMethod.Post, $"api/conversations/{conversation}/turns") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>
    /// Streams the answer of a new turn; ends after a <see cref="DoneEvent"/> or an <see cref="ErrorEvent"/>. A stream that ends without one was
    /// cut off; <see cref="ReadTurnAsync"/> goes on.
    /// </summary>
    public IAsyncEnumerable<NumberedEvent> AddTurnStreamingAsync(Guid conversation, TurnRequest request, CancellationToken ct = default) =>
        ReadNumberedAsync(new(HttpMethod.Post, $"api/conversations/{conversation}/turns") { Content = JsonContent.Create(request, options: Json) }, null, ct);

    /// <summary>The events after <paramref name="lastEventId"/>, or all of them, whoever writes the answer; then as above.</summary>
    public IAsyncEnumerable<NumberedEvent> ReadTurnAsync(Guid conversation, Guid turn, string? lastEventId = null, CancellationToken ct = default) =>
        ReadNumberedAsync(new(HttpMethod.Get, $"api/conversations/{conversation}/turns/{turn}/events"), lastEventId, ct);

    /// <summary>Ends the answer wherever it is written; what there is of it is kept.</summary>
    public Task<TurnDto> StopTurnAsync(Guid conversation, Guid turn, CancellationToken ct = default) =>
        SendAsync<TurnDto>(new(HttpMethod.Post, $"api/conversations/{conversation}/turns/{turn}/stop"), ct);

    private async IAsyncEnumerable<NumberedEvent> ReadNumberedAsync(
        HttpRequestMessage message, string? lastEventId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = message;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await EnsureSuccessAsync(response, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
        {
            if (ReadEvent(item.EventType, item.Data) is { } answerEvent)
            {
                yield return new(item.EventId, answerEvent);
            }
        }
    }
}
