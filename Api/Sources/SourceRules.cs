using AiApp.Api.Auth;
using AiApp.Api.Documents;
using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Access;
using AiApp.Rag.Sources;

namespace AiApp.Api.Sources;

/// <summary>What a source must be like, before anything is asked of it.</summary>
internal static class SourceRules
{
    private const string DefaultCollection = "default";
    private const int DefaultIntervalSeconds = 900;
    private const int MinIntervalSeconds = 10;
    private const int MaxIntervalSeconds = 31 * 24 * 3600;
    private const int MaxNameLength = 100;
    private const int MaxTextLength = 2_000;
    private const int MaxListLength = 500;

    /// <summary>The source, or why not. <paramref name="local"/>: the caller is a developer on the machine itself.</summary>
    public static (NewSource? Source, Problem? Problem) Read(SourceRequest request, Caller caller, bool local)
    {
        if (Check(request) is { } problem)
        {
            return (null, problem);
        }
        var (readers, unreadable) = request.Readers is null ? (ReaderSet.Everyone, null) : ReadersRule.Read(request.Readers, caller);
        if (readers is null)
        {
            return (null, unreadable);
        }
        return (new NewSource
        {
            Name = request.Name.Trim(),
            Settings = ToSettings(request, local),
            Collection = request.Collection ?? DefaultCollection,
            Readers = readers,
            Interval = TimeSpan.FromSeconds(request.IntervalSeconds ?? DefaultIntervalSeconds),
            Enabled = request.Enabled ?? true,
        }, null);
    }

    private static Problem? Check(SourceRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Trim() is "." or ".." || request.Name.Length > MaxNameLength
            || request.Name.Contains('/') || request.Name.Contains('\\') || request.Name.Any(char.IsControl) || !TextRules.IsStorable(request.Name))
        {
            return Problem.Invalid("name", $"A source's name has 1 to {MaxNameLength} characters, and no slash or control character.");
        }
        if (request.IntervalSeconds is < MinIntervalSeconds or > MaxIntervalSeconds)
        {
            return Problem.Invalid("intervalSeconds", $"This must be between {MinIntervalSeconds} and {MaxIntervalSeconds:N0} seconds.");
        }
        if (new object?[] { request.Folder, request.Git, request.Web, request.AzureBlob }.Count(given => given is not null) != 1)
        {
            return Problem.Invalid("folder", "Give exactly one of folder, git, web and azureBlob.");
        }
        if (request.Web is { } web && (web.Urls ?? []).Count + (web.Sitemaps ?? []).Count == 0)
        {
            return Problem.Invalid("web", "Give at least one address in urls or sitemaps.");
        }
        if (request.Web?.MaxPages is < 1)
        {
            return Problem.Invalid("web.maxPages", "This must be 1 or more.");
        }
        return TextRules.CheckCollection(request.Collection)
            ?? (Texts(request).Where(text => !IsText(text.Text)).Select(text => text.Field).FirstOrDefault() is { } field
                ? Problem.Invalid(field, $"Texts have 1 to {MaxTextLength:N0} characters without control characters, and lists at most {MaxListLength} of them.")
                : CheckSecret("git.secret", request.Git?.Secret) ?? CheckSecret("azureBlob.secret", request.AzureBlob?.Secret));
    }

    /// <summary>Whoever sends a secret instead of its name has it refused, before it is kept or repeated anywhere.</summary>
    private static Problem? CheckSecret(string field, string? name) =>
        name is null || (name.Length <= MaxNameLength && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.'))
            ? null
            : Problem.Invalid(field, "Give the name of a secret of the services' configuration, and not the secret: letters, digits, '_', '-' and '.'.");

    private static IEnumerable<(string Field, string? Text)> Texts(SourceRequest request) =>
    [
        ("folder", request.Folder?.Path),
        ("git", request.Git?.Repository), ("git.branch", request.Git?.Branch), ("git.folder", request.Git?.Folder), ("git.secret", request.Git?.Secret),
        ("azureBlob.accountUrl", request.AzureBlob?.AccountUrl), ("azureBlob.container", request.AzureBlob?.Container),
        ("azureBlob.prefix", request.AzureBlob?.Prefix), ("azureBlob.secret", request.AzureBlob?.Secret),
        .. List("git.include", request.Git?.Include), .. List("git.exclude", request.Git?.Exclude),
        .. List("web.urls", request.Web?.Urls), .. List("web.sitemaps", request.Web?.Sitemaps), .. List("web.hosts", request.Web?.Hosts),
    ];

    // Too long a list is as wrong as a text that is none.
    private static IEnumerable<(string, string?)> List(string field, IReadOnlyList<string>? texts) =>
        texts is null ? [] : texts.Count > MaxListLength ? [(field, "")] : texts.Select(text => (field, (string?)(text ?? "")));

    private static bool IsText(string? text) =>
        text is null || (text.Length is > 0 and <= MaxTextLength && !text.Any(char.IsControl) && TextRules.IsStorable(text));

    private static SourceSettings ToSettings(SourceRequest request, bool local) => request switch
    {
        { Folder: { } folder } => new FolderSettings { Path = folder.Path, Local = local },
        { Git: { } git } => new GitSettings
        {
            Repository = git.Repository,
            Branch = git.Branch,
            Folder = git.Folder,
            Include = git.Include ?? [],
            Exclude = git.Exclude ?? [],
            Secret = git.Secret,
            Local = local,
        },
        { Web: { } web } => new WebSettings { Urls = web.Urls ?? [], Sitemaps = web.Sitemaps ?? [], Hosts = web.Hosts ?? [], MaxPages = web.MaxPages },
        { AzureBlob: { } blob } => new AzureBlobSettings { AccountUrl = blob.AccountUrl, Container = blob.Container, Prefix = blob.Prefix, Secret = blob.Secret },
        _ => throw new InvalidOperationException("One of the kinds is given: this was checked."),
    };
}
