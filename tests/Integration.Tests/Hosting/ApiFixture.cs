namespace AiApp.Integration.Tests.Hosting;

/// <summary>One Api for the tests of a class; each test makes its own tenant.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    public async Task InitializeAsync() => Api = await TestApi.StartAsync();

    public async Task DisposeAsync() => await Api.DisposeAsync();
}
