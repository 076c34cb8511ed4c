using System.Text.Json;

namespace Aspire.Hosting.Native;

/// <summary>The first profile of Properties/launchSettings.json that starts the project itself.</summary>
internal sealed record LaunchProfile(IReadOnlyList<Uri> Urls, IReadOnlyDictionary<string, string> Environment)
{
    public static readonly LaunchProfile None = new([], new Dictionary<string, string>());

    public static LaunchProfile Read(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return None;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (!json.RootElement.TryGetProperty("profiles", out var profiles))
        {
            return None;
        }

        foreach (var profile in profiles.EnumerateObject().Select(property => property.Value))
        {
            if (profile.TryGetProperty("commandName", out var command) && command.GetString() == "Project")
            {
                return new LaunchProfile(UrlsOf(profile), EnvironmentOf(profile));
            }
        }

        return None;
    }

    /// <summary>Only http: a development certificate is nothing a stand-in should create or trust.</summary>
    private static List<Uri> UrlsOf(JsonElement profile) =>
        profile.TryGetProperty("applicationUrl", out var urls)
            ? [.. (urls.GetString() ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(url => new Uri(url)).Where(url => url.Scheme == Uri.UriSchemeHttp)]
            : [];

    private static Dictionary<string, string> EnvironmentOf(JsonElement profile) =>
        profile.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
            : [];
}
