using AiApp.Contracts;

namespace AiApp.Web.ApiAccess;

/// <summary>Tells the Api on whose behalf a request is made.</summary>
internal sealed class CallerHandler(Caller caller) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await caller.FindNameAsync() is { Length: > 0 } name)
        {
            request.Headers.TryAddWithoutValidation(AiAppClient.UserHeader, name);
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
