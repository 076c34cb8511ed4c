using AiApp.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AiApp.Web.Tests.Layout;

public sealed class MainLayoutTests
{
    [Fact]
    public async Task The_page_after_one_that_has_stopped_working_is_shown()
    {
        await using var services = Services();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var shown = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var pages = new Pages();
            var output = await renderer.RenderComponentAsync<Site>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Site.Pages)] = pages }));
            var broken = output.ToHtmlString();
            pages.Show!(builder => builder.AddContent(0, "The next page"));
            return (Broken: broken, Next: output.ToHtmlString());
        });

        Assert.Contains("This page has stopped working", shown.Broken, StringComparison.Ordinal);
        Assert.Contains("The next page", shown.Next, StringComparison.Ordinal);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging();
        services.TryAddSingleton<NavigationManager, Address>();
        services.TryAddSingleton<IErrorBoundaryLogger, NoLogger>();
        return services.BuildServiceProvider();
    }

    private sealed class Pages
    {
        public Action<RenderFragment>? Show { get; set; }
    }

    /// <summary>In the place of the router: first a page that fails, then what it is told.</summary>
    private sealed class Site : ComponentBase
    {
        private RenderFragment body = _ => throw new InvalidOperationException("It fails.");

        [Parameter] public Pages Pages { get; set; } = null!;

        protected override void OnInitialized() => Pages.Show = next =>
        {
            body = next;
            StateHasChanged();
        };

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<MainLayout>(0);
            builder.AddComponentParameter(1, nameof(MainLayout.Body), body);
            builder.CloseComponent();
        }
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("http://localhost/", "http://localhost/");
    }

    private sealed class NoLogger : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => ValueTask.CompletedTask;
    }
}
