using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AiApp.Api.Auth;
using AiApp.Api.Keys;
using AiApp.Benchmarks.Retrieval;
using AiApp.Contracts;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>A key for somebody who may read the whole corpus.</summary>
    public static async Task<string> CreateKeyAsync(IServiceProvider api, string tenant, CancellationToken ct)
    {
        var output = new StringWriter();
        var keys = new KeyAdministration(api.GetRequiredService<ApiKeyStore>(), api.GetRequiredService<ApiKeyHasher>(), TimeProvider.System);
        await keys.CreateAsync("benchmark", tenant, false, [.. BenchmarkReaders.Everything.Names.Where(name => name.StartsWith("group:", StringComparison.Ordinal))], output, ct);
        return output.ToString().Split('\n')[0].Trim();
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

    public async Task<bool> IsCachedAsync(string question, CancellationToken ct) =>
        JsonSerializer.Deserialize<AnswerDto>(await AskAsync(question, fresh: false, ct), JsonSerializerOptions.Web)!.Cached is not null;
}
