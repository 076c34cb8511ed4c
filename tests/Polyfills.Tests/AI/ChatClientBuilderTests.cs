using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Polyfills.Tests.AI;

public sealed class ChatClientBuilderTests
{
    private static readonly ChatResponseUpdate Hello = new(ChatRole.Assistant, "hello");

    [Fact]
    public void The_first_use_is_the_outermost_client()
    {
        var client = new StubChatClient(Hello).AsBuilder()
            .Use(inner => new Named(inner, "first"))
            .Use(inner => new Named(inner, "second"))
            .Build();
        Assert.Equal("first", Assert.IsType<Named>(client).Name);
        Assert.Equal("second", Assert.IsType<Named>(((Named)client).Inner).Name);
    }

    [Fact]
    public void The_inner_client_can_come_from_services()
    {
        var stub = new StubChatClient(Hello);
        using var services = new ServiceCollection().AddSingleton(stub).BuildServiceProvider();
        Assert.Same(stub, new ChatClientBuilder(provider => provider.GetRequiredService<StubChatClient>()).Build(services));
    }

    [Fact]
    public void Without_services_every_stage_sees_an_empty_provider()
    {
        object? found = "";
        new StubChatClient(Hello).AsBuilder().Use((inner, services) =>
        {
            found = services.GetService<StubChatClient>() ?? services.GetKeyedService<StubChatClient>("key");
            return inner;
        }).Build();
        Assert.Null(found);
    }

    [Fact]
    public void A_stage_that_returns_nothing_is_refused_when_built() =>
        Assert.Throws<InvalidOperationException>(() => new StubChatClient(Hello).AsBuilder().Use(_ => (IChatClient)null!).Build());

    [Fact]
    public void Building_twice_gives_two_pipelines()
    {
        var builder = new StubChatClient(Hello).AsBuilder().Use(inner => new Named(inner, "stage"));
        Assert.NotSame(builder.Build(), builder.Build());
    }

    [Fact]
    public void A_service_is_found_through_the_whole_pipeline() =>
        Assert.Equal("small-1", Pipeline().GetService<ChatClientMetadata>()?.DefaultModelId);

    [Fact]
    public void The_registered_client_is_one_for_the_application()
    {
        var collection = new ServiceCollection();
        collection.AddChatClient(new StubChatClient(Hello)).Use(inner => new Named(inner, "outer"));
        using var services = collection.BuildServiceProvider();
        Assert.IsType<Named>(services.GetRequiredService<IChatClient>());
        Assert.Same(services.GetRequiredService<IChatClient>(), services.GetRequiredService<IChatClient>());
    }

    [Fact]
    public void The_registered_client_follows_the_lifetime_asked_for()
    {
        var collection = new ServiceCollection();
        collection.AddChatClient(_ => new StubChatClient(Hello), ServiceLifetime.Transient);
        using var services = collection.BuildServiceProvider();
        Assert.NotSame(services.GetRequiredService<IChatClient>(), services.GetRequiredService<IChatClient>());
    }

    [Fact]
    public async Task Configured_options_reach_the_client_and_leave_the_callers_untouched()
    {
        var stub = new StubChatClient(Hello);
        var client = stub.AsBuilder().ConfigureOptions(options => options.Temperature = 0.25f).Build();
        var mine = new ChatOptions { ModelId = "mine" };
        await client.GetResponseAsync("hi", mine);
        Assert.Equal(("mine", 0.25f), (stub.SeenOptions!.ModelId, stub.SeenOptions.Temperature));
        Assert.Null(mine.Temperature);
    }

    [Fact]
    public async Task Options_are_configured_when_the_caller_gives_none()
    {
        var stub = new StubChatClient(Hello);
        var client = stub.AsBuilder().ConfigureOptions(options => options.Seed = 7).Build();
        await foreach (var _ in client.GetStreamingResponseAsync("hi"))
        {
        }

        Assert.Equal(7, stub.SeenOptions!.Seed);
    }

    private static IChatClient Pipeline() =>
        new StubChatClient(Hello).AsBuilder().Use(inner => new Named(inner, "outer")).UseOpenTelemetry().ConfigureOptions(_ => { }).Build();

    private sealed class Named(IChatClient inner, string name) : DelegatingChatClient(inner)
    {
        public string Name => name;

        public IChatClient Inner => InnerClient;
    }
}
