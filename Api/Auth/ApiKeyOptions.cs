namespace AiApp.Api.Auth;

internal sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";
    public const int MinSecretLength = 32;

    /// <summary>Stands for Web's key where those of others have their ids, which are longer.</summary>
    public const string WebKeyId = "web";

    /// <summary>Secret of the HMAC under which keys are stored. Changing it makes every stored key invalid.</summary>
    public string Pepper { get; set; } = "";

    /// <summary>Web's own key: no row in the database, the default tenant, may act for a person. Empty: Web has none.</summary>
    public string Web { get; set; } = "";
}
