namespace AiApp.Testing;

/// <summary>Relevance with a known oracle: the share of the query's telling words that a text holds.</summary>
internal static class RerankEndpoint
{
    public static Task HandleAsync(ModelServer server, HttpContext context) =>
        CallHandling.RunAsync(server, context, server.RerankFaults, (call, fault, ct) =>
        {
            var query = Words.Telling(call.Body.GetProperty("query").GetString()!).Distinct().ToList();
            call.InputTokens = call.Body.GetProperty("documents").EnumerateArray().Sum(document => query.Count + Words.Count(document.GetString()!));
            var results = call.Body.GetProperty("documents").EnumerateArray()
                .Select((document, index) => new { index, relevance_score = Share(query, document.GetString()!) })
                .OrderByDescending(result => result.relevance_score);
            return CallHandling.WriteWholeAsync(context, new { model = call.Model, results, usage = new { total_tokens = call.InputTokens } }, fault, ct);
        });

    private static double Share(List<string> query, string text) =>
        query.Count == 0 ? 0 : (double)query.Intersect(Words.Telling(text)).Count() / query.Count;
}
