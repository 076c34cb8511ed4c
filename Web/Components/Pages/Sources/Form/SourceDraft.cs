using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Sources.Form;

/// <summary>A source as somebody types it: texts that are not yet checked.</summary>
public sealed class SourceDraft
{
    public const string Folder = "folder";
    public const string Git = "git";
    public const string Web = "web";
    public const string AzureBlob = "azure_blob";

    public static readonly (string Unit, int Seconds)[] Units = [("seconds", 1), ("minutes", 60), ("hours", 3_600), ("days", 86_400)];

    public string Kind { get; set; } = Folder;
    public string Name { get; set; } = "";
    public string Collection { get; set; } = "";
    public string Readers { get; set; } = "";
    public string Interval { get; set; } = "15";
    public string Unit { get; set; } = "minutes";
    public bool Enabled { get; set; } = true;

    /// <summary>A folder's path, a repository's address or a container's name.</summary>
    public string Place { get; set; } = "";
    public string Branch { get; set; } = "";
    public string Below { get; set; } = "";
    public string Include { get; set; } = "";
    public string Exclude { get; set; } = "";
    public string Secret { get; set; } = "";
    public string Sitemaps { get; set; } = "";
    public string Urls { get; set; } = "";
    public string Hosts { get; set; } = "";
    public string MaxPages { get; set; } = "";
    public string Account { get; set; } = "";

    public static SourceDraft From(SourceDto source)
    {
        var (unit, seconds) = Units.Last(unit => source.IntervalSeconds % unit.Seconds == 0);
        return new()
        {
            Kind = source.Kind,
            Name = source.Name,
            Collection = source.Collection,
            Readers = string.Join(", ", source.Readers),
            Interval = (source.IntervalSeconds / seconds).ToString(CultureInfo.InvariantCulture),
            Unit = unit,
            Enabled = source.Enabled,
            Place = source.Folder?.Path ?? source.Git?.Repository ?? source.AzureBlob?.Container ?? "",
            Branch = source.Git?.Branch ?? "",
            Below = source.Git?.Folder ?? source.AzureBlob?.Prefix ?? "",
            Include = Join(source.Git?.Include),
            Exclude = Join(source.Git?.Exclude),
            Secret = source.Git?.Secret ?? source.AzureBlob?.Secret ?? "",
            Sitemaps = Join(source.Web?.Sitemaps),
            Urls = Join(source.Web?.Urls),
            Hosts = Join(source.Web?.Hosts),
            MaxPages = source.Web?.MaxPages?.ToString(CultureInfo.InvariantCulture) ?? "",
            Account = source.AzureBlob?.AccountUrl ?? "",
        };
    }

    /// <summary>What the Api would be asked for; null with the fields that keep it from being asked.</summary>
    public (SourceRequest? Request, IReadOnlyDictionary<string, string> Errors) Read()
    {
        var errors = new Dictionary<string, string>();
        if (Name.Trim().Length == 0)
        {
            errors[nameof(Name)] = "Give it a name.";
        }
        if (Kind != Web && Place.Trim().Length == 0)
        {
            errors[nameof(Place)] = Kind switch { Git => "Say which repository.", AzureBlob => "Say which container.", _ => "Say which folder." };
        }
        if (Kind == Web && Lines(Sitemaps).Count + Lines(Urls).Count == 0)
        {
            errors[nameof(Sitemaps)] = "Give a sitemap here, or pages below.";
        }
        if (!int.TryParse(Interval.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 2_678_400)
        {
            errors[nameof(Interval)] = "Give a number, such as 15.";
        }
        var pages = 0;
        if (Kind == Web && MaxPages.Trim().Length > 0 && !int.TryParse(MaxPages.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out pages))
        {
            errors[nameof(MaxPages)] = "Give a number, or nothing.";
        }
        return (errors.Count > 0 ? null : Request(count, pages == 0 && MaxPages.Trim().Length == 0 ? null : pages), errors);
    }

    /// <summary>The field that a problem of the Api is shown at, by the name that the Api gives it; null when it is about none of them.</summary>
    public string? FieldOf(string setting, string message) => setting switch
    {
        "name" => nameof(Name),
        "collection" => nameof(Collection),
        "readers" => nameof(Readers),
        "intervalSeconds" => nameof(Interval),
        "folder" or "git" or "azureBlob" or "azureBlob.container" => nameof(Place),
        "git.branch" => nameof(Branch),
        "git.folder" or "azureBlob.prefix" => nameof(Below),
        "git.include" => nameof(Include),
        "git.exclude" => nameof(Exclude),
        "git.secret" or "azureBlob.secret" => nameof(Secret),
        "azureBlob.accountUrl" => nameof(Account),
        "web.hosts" => nameof(Hosts),
        "web.maxPages" => nameof(MaxPages),
        "web.sitemaps" => nameof(Sitemaps),
        "web.urls" => nameof(Urls),
        // The message begins with the address that it is about.
        "web" => Lines(Sitemaps).Any(address => message.Contains(address, StringComparison.OrdinalIgnoreCase)) || Lines(Urls).Count == 0 ? nameof(Sitemaps) : nameof(Urls),
        _ => null,
    };

    private SourceRequest Request(int count, int? maxPages) => new()
    {
        Name = Name.Trim(),
        Collection = Text(Collection),
        Readers = Readers.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } readers ? readers : null,
        // What is too long is said by the Api, also when it is longer than a number can be.
        IntervalSeconds = (int)Math.Min(int.MaxValue, (long)count * Units.First(unit => unit.Unit == Unit).Seconds),
        Enabled = Enabled,
        Folder = Kind == Folder ? new() { Path = Place.Trim() } : null,
        Git = Kind == Git
            ? new() { Repository = Place.Trim(), Branch = Text(Branch), Folder = Text(Below), Include = Lines(Include), Exclude = Lines(Exclude), Secret = Text(Secret) }
            : null,
        Web = Kind == Web ? new() { Sitemaps = Lines(Sitemaps), Urls = Lines(Urls), Hosts = Lines(Hosts), MaxPages = maxPages } : null,
        AzureBlob = Kind == AzureBlob ? new() { Container = Place.Trim(), AccountUrl = Text(Account), Prefix = Text(Below), Secret = Text(Secret) } : null,
    };

    private static string? Text(string text) => text.Trim() is { Length: > 0 } given ? given : null;

    private static string Join(IReadOnlyList<string>? lines) => string.Join("\n", lines ?? []);

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
