using AiApp.Contracts;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Caching;

/// <summary>Answers that were judged and repaired, and those that should have been.</summary>
public sealed class CacheChecksTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";
    private const string Truth = "Full-time employees have 28 days of annual leave a year [1].";
    private const string Reworded = "The annual leave of full-time employees is 28 days [1].";
    private const string Lie = "Full-time employees have 82 days of annual leave a year [1].";

    private ModelServer _server = null!;
    private CachedService _service = null!;

    public async Task InitializeAsync()
    {
        _server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Written });
        _service = await CachedService.StartAsync(
            "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=test-model",
            "--Models:Chat:judge-model:Provider=openai", "--Models:Routes:judge:0=judge-model", "--Gateway:RetryShare=0");
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("judge", Reworded)]
    [InlineData("repair", $"{Truth} {Lie}")]
    public async Task What_was_written_while_one_of_them_was_out_is_given_to_nobody_else(string step, string written)
    {
        _server.Writer = prompt => prompt.Judged is not null ? """{"supported":true}""" : prompt.LeftOut.Count > 0 ? Truth : written;
        _server.ChatFaults.Next(null, new Fault.ServerError(503));
        var tenant = await TenantAsync();

        var first = await tenant.AskAsync(Question);
        var second = await tenant.AskAsync(Question);

        Assert.Equal(AnswerOutcomes.Answered, first.Outcome);
        Assert.Equal((step, "provider_error"), (first.Attempts[^1].Step, first.Attempts[^1].Outcome));
        Assert.Equal((null, "miss_empty"), (second.Cached, await tenant.ReadResultAsync(second)));
        Assert.Equal(second.Id, (await tenant.AskAsync(Question)).Cached!.AnswerId);
    }

    [Fact]
    public async Task Whoever_is_given_it_again_is_told_what_was_left_out_and_put_right_as_the_first_reader_was()
    {
        _server.Writer = prompt => prompt.Judged is not null ? """{"supported":true}""" : prompt.LeftOut.Count > 0 ? Reworded : $"{Truth} {Lie}";
        var tenant = await TenantAsync();

        var first = (await tenant.AskAsync(Question)).Grounding!;
        var second = await tenant.AskAsync(Question);

        Assert.Equal((2, 1, "number"), (first.Supported, first.Repaired, string.Join(' ', first.Removed)));
        Assert.NotNull(second.Cached);
        Assert.Equal((first.Supported, first.Repaired), (second.Grounding!.Supported, second.Grounding.Repaired));
        Assert.Equal(first.Removed, second.Grounding.Removed);
    }

    private async Task<CachedTenant> TenantAsync()
    {
        var tenant = await _service.NewTenantAsync();
        await tenant.AddAsync("leave.md", "# Annual leave\n\nFull-time employees have 28 days of annual leave a year.\n");
        return tenant;
    }
}
