using AiApp.Contracts;

namespace AiApp.Web.Answers;

internal static class AnswerLinks
{
    /// <summary>The hosts an answer may link to: those of its cited documents and those the operator allows.</summary>
    public static IReadOnlySet<string> Hosts(IEnumerable<string> allowed, IEnumerable<CitationDto> citations)
    {
        var hosts = new HashSet<string>(allowed, StringComparer.OrdinalIgnoreCase);
        foreach (var citation in citations)
        {
            if (Uri.TryCreate(citation.SourceUri, UriKind.Absolute, out var uri) && uri.IdnHost.Length > 0)
            {
                hosts.Add(uri.IdnHost);
            }
        }
        return hosts;
    }
}
