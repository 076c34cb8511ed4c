using System.Net;
using System.Net.Http.Json;
using AiApp.Contracts;

namespace AiApp.Integration.Tests.Hosting;

internal static class HttpAssertions
{
    /// <summary>Sooner or later: on a busy machine one look at a server may take too long.</summary>
    public static async Task ExpectHealthyAsync(this HttpClient http)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string health;
        while ((health = await ReadHealthAsync(http)) != "Healthy" && !late.IsCancellationRequested)
        {
            await Task.Delay(20);
        }
        Assert.Equal("Healthy", health);
    }

    /// <summary>The body of a problem response, whose every promised member is there.</summary>
    public static async Task<ProblemDto> ReadProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<ProblemDto>())!;
        Assert.Equal(code, problem.Code);
        Assert.Equal($"/problems/{code}", problem.Type);
        Assert.Equal((int)status, problem.Status);
        Assert.False(string.IsNullOrWhiteSpace(problem.Title));
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail));
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId);
        Assert.Equal(response.RequestMessage!.RequestUri!.AbsolutePath, problem.Extensions!["instance"].GetString());
        return problem;
    }

    private static async Task<string> ReadHealthAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health");
        return await response.Content.ReadAsStringAsync();
    }
}
