using System.Security.Claims;

namespace AiApp.Web.Access;

/// <summary>Makes the user whom the ingress has signed in the user of the request; circuits inherit it.</summary>
internal sealed class ForwardedUser(RequestDelegate next)
{
    private const string Header = "X-MS-CLIENT-PRINCIPAL-NAME";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers[Header] is [{ Length: > 0 } name])
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], authenticationType: "forwarded"));
        }
        return next(context);
    }
}
