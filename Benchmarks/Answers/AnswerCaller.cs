using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AiApp.Benchmarks.Answers;

/// <summary>Asks over kept connections, and reads the answer to its last byte.</summary>
internal sealed class AnswerCaller : IDisposable
{
    private readonly HttpClient _http;

    public AnswerCaller(int port, string key)
    {
        _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10) }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="HttpRequestException">The answer is not 200.</exception>
    public async Task<byte[]> AskAsync(string question, bool fresh, CancellationToken ct)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { question, fresh }), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("api/ask", body, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(ct);
    }

    public void Dispose() => _http.Dispose();

    public async Task<bool> IsCachedAsync(string question, CancellationToken ct)
    {
        using var answer = JsonDocument.Parse(await AskAsync(question, fresh: false, ct));
        return answer.RootElement.TryGetProperty("cached", out var cached) && cached.ValueKind == JsonValueKind.Object;
    }
}
