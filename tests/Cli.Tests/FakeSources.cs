using System.Collections.Concurrent;
using System.Text.Json;
using AiApp.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Cli.Tests;

/// <summary>The part of the Api that manages sources; what it was asked for is in <see cref="Calls"/>.</summary>
internal sealed class FakeSources
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);

    public ConcurrentDictionary<Guid, SourceDto> All { get; } = new();
    public ConcurrentQueue<string> Calls { get; } = new();
    public SourceRequest? Request { get; private set; }

    public static SourceRunDto Run { get; } = new()
    {
        Id = 1,
        StartedAt = Start,
        FinishedAt = Start.AddSeconds(2),
        Outcome = "held",
        Listed = 8,
        Added = 1,
        Changed = 2,
        Unchanged = 5,
        Deleted = 0,
        Rejected = 1,
        Failed = 0,
        Held = 12,
        Problems = [new() { Item = "logo.png", Code = "unsupported_media", Reason = "Pictures are not read." }],
    };

    public SourceDto Add(string name)
    {
        var source = new SourceDto
        {
            Id = Guid.NewGuid(),
            Name = name,
            Kind = "git",
            Collection = "handbook",
            Readers = ["everyone"],
            IntervalSeconds = 900,
            Enabled = true,
            State = SourceStates.Held,
            NextRunAt = Start.AddMinutes(15),
            CreatedAt = Start,
            DocumentCount = 20,
            LastRun = Run,
            Git = new() { Repository = "https://git.example.com/a.git", Branch = "main", Folder = "docs" },
        };
        return All[source.Id] = source;
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/api/sources", () => Results.Json(new SourceListDto { Items = [.. All.Values.OrderBy(s => s.Name)] }, Json));
        app.MapGet("/api/sources/{id:guid}/runs", (Guid id) => Results.Json(new SourceRunsDto { Items = [Run], NextRunAt = All[id].NextRunAt }, Json));
        app.MapPost("/api/sources", (SourceRequest request) => Results.Json(Keep(request, Add(request.Name)), Json));
        app.MapPost("/api/sources/test", (SourceRequest request) => Results.Json(Keep(request, new SourceTestDto { FirstItem = "docs/a.md" }), Json));
        app.MapPost("/api/sources/{id:guid}/confirm", (Guid id) => Called($"confirm {All[id].Name}", new SourceConfirmationDto { Deletions = 12 }));
        app.MapPost("/api/sources/{id:guid}/{verb}", (Guid id, string verb) => Called($"{verb} {All[id].Name}", All[id]));
        app.MapDelete("/api/sources/{id:guid}", (Guid id, bool documents) => Called($"remove {All[id].Name} {documents}", All[id]));
    }

    private T Keep<T>(SourceRequest request, T answer)
    {
        Request = request;
        return answer;
    }

    private IResult Called<T>(string call, T answer)
    {
        Calls.Enqueue(call);
        return Results.Json(answer, Json);
    }
}
