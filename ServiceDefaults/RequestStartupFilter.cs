using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AiApp.ServiceDefaults;

/// <summary>Puts the outermost middleware in front of whatever a host builds, so that no host can forget it.</summary>
internal sealed class RequestStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<RequestSpans>();
        next(app);
    };
}
