using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiApp.Contracts;

/// <summary>The part of the typed client that lets the agent find things out.</summary>
public sealed partial class AiAppClient
{
    /// <summary>Returns when the run is over or waits for a decision.</summary>
    public Task<AgentRunDto> RunAgentAsync(AgentRequest request, CancellationToken ct = default) =>
        SendAsync<AgentRunDto>(new(HttpMethod.Post, "api/agent/runs") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Begins a run and streams its steps; ends after an <see cref="AgentDoneEvent"/> or an <see cref="AgentErrorEvent"/>.</summary>
    public IAsyncEnumerable<AgentEvent> RunAgentStreamingAsync(AgentRequest request, CancellationToken ct = default) =>
        StreamAgentAsync(new(HttpMethod.Post, "api/agent/runs") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Streams the steps of a run from the first on.</summary>
    public IAsyncEnumerable<AgentEvent> WatchAgentRunAsync(Guid id, CancellationToken ct = default) =>
        StreamAgentAsync(new(HttpMethod.Get, $"api/agent/runs/{id}"), ct);

    public Task<AgentRunDto> GetAgentRunAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<AgentRunDto>(new(HttpMethod.Get, $"api/agent/runs/{id}"), ct);

    /// <summary>Newest first, without their steps and answers.</summary>
    public Task<PageDto<AgentRunDto>> ListAgentRunsAsync(string? cursor = null, int limit = 50, CancellationToken ct = default) =>
        SendAsync<PageDto<AgentRunDto>>(new(HttpMethod.Get, $"api/agent/runs?limit={limit}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")), ct);

    /// <summary>Approves or declines the call that a run waits with.</summary>
    public Task<AgentRunDto> DecideAgentCallAsync(Guid id, AgentDecisionRequest decision, CancellationToken ct = default) =>
        SendAsync<AgentRunDto>(new(HttpMethod.Post, $"api/agent/runs/{id}/approvals") { Content = JsonContent.Create(decision, options: Json) }, ct);

    public Task<AgentRunDto> StopAgentRunAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<AgentRunDto>(new(HttpMethod.Post, $"api/agent/runs/{id}/stop"), ct);

    private async IAsyncEnumerable<AgentEvent> StreamAgentAsync(HttpRequestMessage message, [EnumeratorCancellation] CancellationToken ct)
    {
        using (message)
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
            await EnsureSuccessAsync(response, ct);
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
            {
                if (ReadAgentEvent(item.EventType, item.Data) is { } agentEvent)
                {
                    yield return agentEvent;
                }
            }
        }
    }

    private static AgentEvent? ReadAgentEvent(string name, string data) => name switch
    {
        AgentEventNames.Run => new AgentRunEvent(JsonSerializer.Deserialize<AgentRunDto>(data, Json)!),
        AgentEventNames.Step => new AgentStepEvent(JsonSerializer.Deserialize<AgentStepDto>(data, Json)!),
        AgentEventNames.ApprovalRequired => new AgentApprovalEvent(JsonSerializer.Deserialize<AgentApprovalDto>(data, Json)!),
        AgentEventNames.Citation => new AgentCitationEvent(JsonSerializer.Deserialize<CitationDto>(data, Json)!),
        AgentEventNames.Delta => JsonSerializer.Deserialize<AgentDeltaEvent>(data, Json),
        AgentEventNames.Done => new AgentDoneEvent(JsonSerializer.Deserialize<AgentRunDto>(data, Json)!),
        AgentEventNames.Error => new AgentErrorEvent(JsonSerializer.Deserialize<ProblemDto>(data, Json)!),
        _ => null, // a newer server may send more kinds
    };
}
