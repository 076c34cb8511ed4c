using System.Globalization;

namespace AiApp.Contracts;

/// <summary>The part of the typed client that tells how the service does.</summary>
public sealed partial class AiAppClient
{
    /// <summary>Of the last 24 hours without a range.</summary>
    public Task<OperationsDto> GetOperationsAsync(DateTimeOffset? from = null, DateTimeOffset? to = null, CancellationToken ct = default) =>
        SendAsync<OperationsDto>(new(HttpMethod.Get, "api/operations" + Query(("from", Instant(from)), ("to", Instant(to)))), ct);

    public Task<PageDto<RequestDto>> ListRequestsAsync(RequestFilter filter, string? cursor = null, int limit = 50, CancellationToken ct = default) =>
        SendAsync<PageDto<RequestDto>>(new(HttpMethod.Get, "api/operations/requests" + Query(
            ("from", Instant(filter.From)), ("to", Instant(filter.To)), ("outcome", filter.Outcome), ("code", filter.Code), ("model", filter.Model),
            ("atLeastMs", filter.AtLeastMs?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor), ("limit", limit.ToString(CultureInfo.InvariantCulture)))), ct);

    public Task<RequestDetailDto> GetRequestAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<RequestDetailDto>(new(HttpMethod.Get, $"api/operations/requests/{id}"), ct);

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Query(params IEnumerable<(string Name, string? Value)> parameters) =>
        string.Join('&', parameters.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}")) is { Length: > 0 } query
            ? "?" + query
            : "";
}
