using AiApp.Contracts;
using Microsoft.AspNetCore.Components.Authorization;

namespace AiApp.Web.Uploads;

/// <summary>Lets requests of this site's own pages in, and makes their user known to whoever calls the Api for them.</summary>
internal sealed class OwnPages : IEndpointFilter
{
    private const string Header = "X-AiApp-Upload";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!IsOwnPage(context.HttpContext.Request))
        {
            return ValueTask.FromResult<object?>(UploadProblems.Refuse(
                new ProblemDto { Status = 403, Code = ProblemCodes.Forbidden, Detail = "Uploads are taken from this site's own pages only." }));
        }
        if (context.HttpContext.RequestServices.GetRequiredService<AuthenticationStateProvider>() is IHostEnvironmentAuthenticationStateProvider host)
        {
            host.SetAuthenticationState(Task.FromResult(new AuthenticationState(context.HttpContext.User)));
        }
        return next(context);
    }

    // A header of our own cannot be sent across origins without a preflight, which nothing here answers.
    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        && (request.Headers.Origin.Count == 0
            || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value));
}
