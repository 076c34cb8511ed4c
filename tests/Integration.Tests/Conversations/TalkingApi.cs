using AiApp.Contracts;
using AiApp.Integration.Tests.Caching;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Conversations;

/// <summary>An Api whose model says what a test lets it say, sentence by sentence.</summary>
internal sealed class TalkingApi : IAsyncDisposable
{
    public const string Question = "How many days of annual leave do full-time employees have?";
    public const int Sentences = 20;

    private TalkingApi(ModelServer model, TestApi api) => (Model, Api) = (model, api);

    public ModelServer Model { get; }
    public TestApi Api { get; }

    public static async Task<TalkingApi> StartAsync(string redis = "", params string[] settings)
    {
        var model = await ModelServer.StartAsync(new ModelServerOptions
        {
            Mode = AnswerMode.Scripted,
            Script = [.. Enumerable.Repeat(FixedRetriever.LeaveText + " [1] ", Sentences)],
        });
        return new(model, await StartAsync(model, redis, settings: settings));
    }

    /// <summary>Another process, as far as that can be in one: of its own, but for the database and Redis.</summary>
    public Task<TestApi> StartSecondAsync(string redis, params string[] settings) => StartAsync(Model, redis, Api.Database, settings);

    public async Task<AiAppClient> CreateClientAsync()
    {
        var client = await Api.CreateClientAsync();
        await FixedRetriever.AddDocumentAsync(client, Api.Database);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Model.DisposeAsync();
    }

    private static async Task<TestApi> StartAsync(ModelServer model, string redis, TestDatabase? database = null, params string[] settings)
    {
        var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
            shared: database,
            settings:
            [
                "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={model.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=m", $"--ConnectionStrings:redis={redis}",
                "--Cache:SigningKey=0123456789abcdef0123456789abcdef", "--Cache:Enabled=false", .. settings,
            ]);
        if (redis.Length > 0)
        {
            await PatientRedis.ConnectAsync(api.Services);
        }
        return api;
    }
}
