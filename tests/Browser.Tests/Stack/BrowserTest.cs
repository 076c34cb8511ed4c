namespace AiApp.Browser.Tests.Stack;

/// <summary>Closes its pages in the end: one that is left open works on, and the tests after it wait for that.</summary>
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncLifetime
{
    protected BrowserFixture Browser => fixture;

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => fixture.ClosePagesAsync();
}
