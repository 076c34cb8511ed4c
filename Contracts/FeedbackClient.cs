using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiApp.Contracts;

/// <summary>The part of the typed client that says what answers are worth.</summary>
public sealed partial class AiAppClient
{
    /// <summary>The cursor of the following page, where the body has no place for it.</summary>
    public const string NextHeader = "X-AiApp-Next";

    /// <summary>Replaces what you said of this answer before.</summary>
    public Task<FeedbackDto> GiveFeedbackAsync(Guid answerId, FeedbackRequest request, CancellationToken ct = default) =>
        SendAsync<FeedbackDto>(new(HttpMethod.Put, $"api/answers/{answerId}/feedback") { Content = JsonContent.Create(request, options: Json) }, ct);

    public Task WithdrawFeedbackAsync(Guid answerId, CancellationToken ct = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/answers/{answerId}/feedback"), ct);

    /// <summary>What everybody of the tenant has said, newest first.</summary>
    public Task<PageDto<FeedbackDto>> ListFeedbackAsync(FeedbackFilter filter, string? cursor = null, int limit = 50, CancellationToken ct = default) =>
        SendAsync<PageDto<FeedbackDto>>(new(HttpMethod.Get, "api/feedback" + FeedbackQuery(filter, cursor, limit)), ct);

    /// <summary>All bad answers of the range as questions for a golden set, newest first, page after page.</summary>
    public async IAsyncEnumerable<GoldenCandidateDto> ListCandidatesAsync(FeedbackFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        const int PageSize = 200;
        for (string? cursor = null; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/feedback/candidates" + FeedbackQuery(filter, cursor, PageSize));
            using var response = await http.SendAsync(request, ct);
            await EnsureSuccessAsync(response, ct);
            foreach (var line in (await response.Content.ReadAsStringAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return JsonSerializer.Deserialize<GoldenCandidateDto>(line, Json)!;
            }
            if (!response.Headers.TryGetValues(NextHeader, out var next))
            {
                yield break;
            }
            cursor = next.Single();
        }
    }

    private static string FeedbackQuery(FeedbackFilter filter, string? cursor, int limit) => Query(
        ("from", Instant(filter.From)), ("to", Instant(filter.To)), ("verdict", filter.Verdict), ("reason", filter.Reason), ("cursor", cursor),
        ("limit", limit.ToString(CultureInfo.InvariantCulture)));
}
