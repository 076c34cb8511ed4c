namespace AiApp.Api.Http;

/// <summary>One server-sent event: its name and what becomes its JSON.</summary>
internal sealed record ServerEvent(string Name, object Data);
