using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AiApp.Cli;

/// <summary>The Api's address and where it was found.</summary>
internal sealed record ApiEndpoint(Uri Address, string Origin)
{
    public const string Variable = "AIAPP_API";
    public const string File = ".aiapp/endpoints.json";
    public const string Default = "http://localhost:5280";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The option, else the variable, else the nearest file upwards, else the default.</summary>
    public static ApiEndpoint Find(string? option, Surroundings surroundings)
    {
        if (!string.IsNullOrWhiteSpace(option))
        {
            return Read(option, "--api");
        }
        if (surroundings.Environment(Variable) is { Length: > 0 } variable)
        {
            return Read(variable, Variable);
        }
        for (var folder = new DirectoryInfo(surroundings.Directory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, File);
            if (System.IO.File.Exists(path))
            {
                return Read(ReadFile(path), path);
            }
        }
        return Read(Default, "the default");
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address) =>
        // The slash makes the address a folder, so that the client's relative paths are appended to it.
        Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out address) && address.Scheme is "http" or "https";

    private static ApiEndpoint Read(string text, string origin) => TryParse(text, out var address)
        ? new(address, origin)
        : throw new UsageException($"'{text}' ({origin}) is not an http or https address.");

    private static string ReadFile(string path)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(path);
            return JsonSerializer.Deserialize<Endpoints>(stream, Json)?.Api
                ?? throw new UsageException($"{path} names no \"api\" address; give --api.");
        }
        catch (JsonException)
        {
            throw new UsageException($"{path} is not valid JSON; give --api.");
        }
    }

    private sealed record Endpoints(string? Web, string? Api);
}
