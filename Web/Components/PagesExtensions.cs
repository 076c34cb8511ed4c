namespace AiApp.Web.Components;

internal static class PagesExtensions
{
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // The site's own policy (SecurityHeaders) already says it.
            options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
