using System.Net;
using System.Net.Http.Json;
using System.Text;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Queue;

public sealed class QueueEndpointTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Uploads_of_up_to_ten_files_are_interactive_and_larger_ones_a_load()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync(Files("few", 10));
        await client.UploadAsync(Files("many", 11));

        var queue = await client.GetQueueAsync();

        Assert.Equal((10, 0, 11), (queue.Waiting.Interactive, queue.Waiting.Normal, queue.Waiting.Bulk));
        Assert.NotNull(queue.OldestQueuedAt);
        Assert.Equal((0, 0, "too_little_observed"), (queue.Running, queue.Retrying, queue.Forecast.Reason));
    }

    [Fact]
    public async Task What_was_done_is_counted_with_its_chunks()
    {
        await using var api = await TestApi.StartAsync();
        var client = await api.CreateClientAsync();
        await client.UploadAsync(Files("done", 6));
        using var worker = new TestWorker(api.Database);
        await worker.DrainAsync();

        var queue = await client.GetQueueAsync();

        Assert.Equal((6 / 60.0, 6 / 300.0), (queue.LastMinute.DocumentsPerSecond, queue.LastFiveMinutes.DocumentsPerSecond), Close);
        Assert.True(queue.LastFifteenMinutes.ChunksPerSecond > 0);
        Assert.Equal("idle", queue.Forecast.Reason);
    }

    [Fact]
    public async Task Of_documents_that_a_caller_may_not_read_nothing_is_counted()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        using var anna = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:anna"));
        using var bob = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync(tenant, principals: "user:bob"));
        await new AiAppClient(anna).UploadAsync(Files("secret", 1), "default", ["user:anna"]);

        Assert.Equal(1, (await new AiAppClient(anna).GetQueueAsync()).Waiting.Interactive);
        var seen = await new AiAppClient(bob).GetQueueAsync();

        Assert.Equal((0, "idle"), (seen.Waiting.Interactive, seen.Forecast.Reason));
        Assert.Null(seen.OldestQueuedAt);
    }

    [Fact]
    public async Task A_pause_is_shown_with_who_and_why_and_ends_by_a_resumption()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync(Files("a", 1));

        var paused = (await client.PauseQueueAsync(new() { Reason = " moving the model " })).Paused!;
        var again = (await client.PauseQueueAsync(new())).Paused!;

        Assert.Equal("moving the model", paused.Reason);
        Assert.Equal((paused.Since, null), (again.Since, again.Reason));
        Assert.NotEqual("", paused.By);
        Assert.Null((await (await fixture.Api.CreateClientAsync()).GetQueueAsync()).Paused);
        Assert.Null((await client.ResumeQueueAsync()).Paused);
        Assert.Null((await client.ResumeQueueAsync()).Paused);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused()
    {
        using var http = fixture.Api.CreateHttp(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));

        using var response = await http.PostAsJsonAsync("/api/queue/pause", new PauseRequest { Reason = new('x', 501) });

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.Validation);
    }

    [Fact]
    public async Task A_watcher_sees_the_present_state_at_once_and_then_what_changes()
    {
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync(Files("before", 2));
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var events = client.WatchQueueAsync(enough.Token).GetAsyncEnumerator(enough.Token);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(2, events.Current.Waiting.Interactive);
        Assert.Equal(2, (await client.CancelQueueAsync(new())).Cancelled);
        do
        {
            Assert.True(await events.MoveNextAsync());
        }
        while (events.Current.Waiting.Interactive != 0);

        await enough.CancelAsync();
    }

    [Fact]
    public async Task A_cancelled_upload_shows_as_cancelled_and_is_listed_by_that_state()
    {
        var client = await fixture.Api.CreateClientAsync();
        var id = (await client.UploadAsync(Files("a", 1))).Files[0].DocumentId!.Value;

        Assert.Equal(DocumentStatuses.Cancelled, (await client.CancelDocumentAsync(id)).Status);

        Assert.Equal(id, Assert.Single((await client.ListDocumentsAsync(status: DocumentStatuses.Cancelled)).Items).Id);
        Assert.Equal(1, (await client.GetDocumentSummaryAsync()).Cancelled);
        Assert.Equal(DocumentStatuses.Waiting, (await client.RetryDocumentAsync(id)).Status);
        var stranger = await fixture.Api.CreateClientAsync();
        Assert.Equal(ProblemCodes.NotFound, (await Assert.ThrowsAsync<AiAppException>(() => stranger.CancelDocumentAsync(id))).Problem.Code);
    }

    [Fact]
    public async Task Documents_that_failed_with_one_code_are_put_back_together()
    {
        await using var api = await TestApi.StartAsync();
        var client = await api.CreateClientAsync();
        await client.UploadAsync([("blank.md", new MemoryStream("\n"u8.ToArray())), ("empty.md", new MemoryStream(" \n"u8.ToArray())), .. Files("well", 1)]);
        using var worker = new TestWorker(api.Database);
        await worker.DrainAsync();
        Assert.Equal(2, (await client.GetQueueAsync()).Failed);

        var none = await client.RetryQueueAsync(new() { Code = ProblemCodes.EncryptedDocument });
        var other = await client.RetryQueueAsync(new() { Collection = "another" });
        var all = await client.RetryQueueAsync(new() { Code = ProblemCodes.NoText });

        Assert.Equal((0, 0, 2), (none.Retried, other.Retried, all.Retried));
        Assert.Equal((0, 2), ((await client.GetQueueAsync()).Failed, (await client.GetQueueAsync()).Waiting.Bulk));
    }

    [Fact]
    public async Task A_retry_from_an_unknown_stage_is_refused()
    {
        var client = await fixture.Api.CreateClientAsync();
        var id = (await client.UploadAsync(Files("stage", 1))).Files[0].DocumentId!.Value;

        var one = await Assert.ThrowsAsync<AiAppException>(() => client.RetryDocumentAsync(id, "embedding"));
        var all = await Assert.ThrowsAsync<AiAppException>(() => client.RetryQueueAsync(new() { From = "embedding" }));

        Assert.Equal((ProblemCodes.Validation, ProblemCodes.Validation), (one.Problem.Code, all.Problem.Code));
    }

    private static bool Close((double, double) expected, (double, double) actual) =>
        Math.Abs(expected.Item1 - actual.Item1) < 0.001 && Math.Abs(expected.Item2 - actual.Item2) < 0.001;

    private static List<(string, Stream)> Files(string folder, int count) =>
        [.. Enumerable.Range(0, count).Select(n => ($"{folder}/{n}.md", (Stream)new MemoryStream(Encoding.UTF8.GetBytes($"# {folder} {n}\n\ntext {n}"))))];
}
