namespace AiApp.Contracts;

/// <summary>The part of the typed client that answers again.</summary>
public sealed partial class AiAppClient
{
    /// <summary>Answers a recorded question of yours again, and tells what is different. Costs what the model costs.</summary>
    public Task<ReplayDto> ReplayAnswerAsync(Guid id, string evidence = ReplayEvidences.Recorded, CancellationToken ct = default) =>
        SendAsync<ReplayDto>(new(HttpMethod.Post, $"api/answers/{id}/replay?evidence={Uri.EscapeDataString(evidence)}"), ct);
}
