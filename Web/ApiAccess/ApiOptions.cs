namespace AiApp.Web.ApiAccess;

/// <summary>Where the Api is and how this host makes itself known to it. Section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Used when service discovery (<c>services:api:https:0</c>, <c>services:api:http:0</c>) names no address.</summary>
    public string? Address { get; set; }

    public string? Key { get; set; }

    /// <summary>
    /// Take the user's name from the header X-MS-CLIENT-PRINCIPAL-NAME. Only behind an ingress that signs users in and
    /// removes the header from what clients send.
    /// </summary>
    public bool TrustForwardedUser { get; set; }
}
