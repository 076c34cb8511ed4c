namespace AiApp.Api.Http;

/// <summary>One server-sent event: its name and what becomes its JSON.</summary>
internal sealed record ServerEvent(string Name, object Data)
{
    /// <summary>Where a reader who comes back goes on; null where nobody can.</summary>
    public string? Id { get; init; }
}

/// <summary>What is JSON already.</summary>
internal sealed record JsonText(string Json);
