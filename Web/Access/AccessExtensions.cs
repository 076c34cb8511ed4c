using AiApp.Web.ApiAccess;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Access;

/// <summary>Who may reach the site at all, and as whom.</summary>
internal static class AccessExtensions
{
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    public static void UseAccess(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
        }
        app.UseMiddleware<SecurityHeaders>();
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        if (string.IsNullOrWhiteSpace(options.Key))
        {
            app.UseMiddleware<LoopbackGuard>();
        }
        if (options.TrustForwardedUser)
        {
            app.UseMiddleware<ForwardedUser>();
        }
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    }
}
