using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AiApp.Rag.Sources.Folder;
using AiApp.Rag.Sources.Web;

namespace AiApp.Rag.Sources.Git;

/// <summary>An address that git may be given, the protocol for it, and the settings that pin what was checked.</summary>
internal sealed record GitRemote(string Address, string Protocol, IReadOnlyList<(string Name, string Value)> Settings, string Reference)
{
    private const string DefaultBranch = "HEAD";

    /// <exception cref="SourceException">It is nothing that may be read.</exception>
    public static async Task<GitRemote> OpenAsync(GitSettings settings, FolderRoots roots, PermittedHosts hosts, Secrets secrets, CancellationToken ct)
    {
        var reference = settings.Branch is null ? DefaultBranch : $"refs/heads/{CheckBranch(settings.Branch)}";
        if (Path.IsPathFullyQualified(settings.Repository))
        {
            return new($"file://{roots.Open(settings.Repository, settings.Local)}", "file", [], reference);
        }
        if (!Uri.TryCreate(settings.Repository, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || !WebFetch.IsAddress(address))
        {
            throw new SourceException(SourceCodes.Validation,
                "A repository is an https address without a name or password in it, or the full path of a folder. A token is given as a secret.");
        }
        var addresses = await hosts.ResolveAsync(address.IdnHost, ct);
        var pinned = IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out _)
            ? []
            // git connects to what was checked, and does not ask for the name again.
            : new (string, string)[] { ("http.curloptResolve", $"{address.IdnHost}:{address.Port}:{string.Join(',', addresses)}") };
        return new(address.AbsoluteUri, "https", secrets.Find(settings.Secret) is { } secret ? [.. pinned, Authorize(address, secret)] : pinned, reference);
    }

    /// <summary>A secret says itself where it belongs: else whoever makes a source could have it sent anywhere.</summary>
    private static (string, string) Authorize(Uri address, string secret)
    {
        if (!Uri.TryCreate(secret, UriKind.Absolute, out var owner) || owner.UserInfo.Length == 0)
        {
            throw new SourceException(SourceCodes.Validation, "The secret of a repository has the form https://USER:TOKEN@HOST.", setting: "secret");
        }
        return owner.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
            ? ("http.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(owner.UserInfo)))}")
            : throw new SourceException(SourceCodes.Forbidden, "The secret belongs to another host than the repository.", setting: "secret");
    }

    private static string CheckBranch(string branch) =>
        Regex.IsMatch(branch, @"^[\p{L}\p{N}_][\p{L}\p{N}._/@+-]*$", RegexOptions.NonBacktracking) && !branch.Contains("..", StringComparison.Ordinal) && !branch.Contains("@{", StringComparison.Ordinal)
            ? branch
            : throw new SourceException(SourceCodes.Validation, "This cannot be the name of a branch.", setting: "branch");
}
