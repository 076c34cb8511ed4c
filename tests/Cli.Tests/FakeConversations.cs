using System.Collections.Concurrent;
using System.Text.Json;
using AiApp.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Cli.Tests;

/// <summary>The part of the Api that keeps conversations.</summary>
internal sealed class FakeConversations
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 20, 0, TimeSpan.Zero);

    public ConcurrentDictionary<Guid, ConversationDto> All { get; } = new();

    public ConversationDto Add(string? title, string? collection = null)
    {
        var conversation = new ConversationDto { Id = Guid.NewGuid(), Title = title, Collection = collection, CreatedAt = At, UpdatedAt = At };
        return All[conversation.Id] = conversation;
    }

    public void Map(WebApplication app)
    {
        app.MapPost("/api/conversations", (ConversationRequest request) => Results.Json(Add(null, request.Collection), Json));
        app.MapGet("/api/conversations", (int? cursor) =>
        {
            var (all, at) = (All.Values.OrderBy(one => one.Title, StringComparer.Ordinal).ToList(), cursor ?? 0);
            return Results.Json(new PageDto<ConversationDto> { Items = [.. all.Skip(at).Take(1)], Next = at + 1 < all.Count ? $"{at + 1}" : null }, Json);
        });
        app.MapPatch("/api/conversations/{id:guid}", (Guid id, ConversationPatch patch) => Results.Json(All[id] = All[id] with { Title = patch.Title }, Json));
        app.MapDelete("/api/conversations/{id:guid}", (Guid id) => All.TryRemove(id, out _) ? Results.NoContent() : Results.NotFound());
    }
}
