using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiApp.Rag.Sources;

/// <summary>What to list. Secrets are only named: they stand in the configuration, under <c>Sources:Secrets</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FolderSettings), "folder")]
[JsonDerivedType(typeof(GitSettings), "git")]
[JsonDerivedType(typeof(WebSettings), "web")]
[JsonDerivedType(typeof(AzureBlobSettings), "azure_blob")]
public abstract record SourceSettings
{
    // Postgres keeps the members of a jsonb in an order of its own.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [JsonIgnore]
    public string Kind => this switch
    {
        FolderSettings => "folder",
        GitSettings => "git",
        WebSettings => "web",
        AzureBlobSettings => "azure_blob",
        _ => throw new InvalidOperationException("A kind of source without a word."),
    };

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static SourceSettings Parse(string json) => JsonSerializer.Deserialize<SourceSettings>(json, Json)!;
}

/// <summary>Every readable file below a folder of the machines that the services run on.</summary>
public sealed record FolderSettings : SourceSettings
{
    public required string Path { get; init; }

    /// <summary>Given by a developer on the machine itself: in development it may stand outside of the roots.</summary>
    public bool Local { get; init; }
}

/// <summary>The files of one branch.</summary>
public sealed record GitSettings : SourceSettings
{
    /// <summary>An https address, or the full path of a repository below one of the roots.</summary>
    public required string Repository { get; init; }

    /// <summary>The repository's own default branch when unset.</summary>
    public string? Branch { get; init; }
    public string? Folder { get; init; }
    public IReadOnlyList<string> Include { get; init; } = [];
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Name of a secret: https://USER:TOKEN@HOST.</summary>
    public string? Secret { get; init; }
    public bool Local { get; init; }
}

public sealed record WebSettings : SourceSettings
{
    public IReadOnlyList<string> Urls { get; init; } = [];
    public IReadOnlyList<string> Sitemaps { get; init; } = [];

    /// <summary>Hosts besides those of <see cref="Urls"/> and <see cref="Sitemaps"/> that pages may stand on.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
    public int? MaxPages { get; init; }
}

/// <summary>The blobs of a container. The secret is a connection string or an address with its SAS; unset, the identity that the service runs as.</summary>
public sealed record AzureBlobSettings : SourceSettings
{
    /// <summary>Such as <c>https://acme.blob.core.windows.net</c>; unset when the secret is a connection string.</summary>
    public string? AccountUrl { get; init; }
    public required string Container { get; init; }
    public string? Prefix { get; init; }
    public string? Secret { get; init; }
}
