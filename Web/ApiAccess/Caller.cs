using Microsoft.AspNetCore.Components.Authorization;

namespace AiApp.Web.ApiAccess;

/// <summary>The signed-in user behind this circuit or request; null when nobody is.</summary>
internal sealed class Caller(AuthenticationStateProvider authentication)
{
    public async Task<string?> FindNameAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return state.User.Identity?.Name;
    }
}
