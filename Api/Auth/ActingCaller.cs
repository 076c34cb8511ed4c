using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Access;

namespace AiApp.Api.Auth;

/// <summary>What a key is by itself; the id is public, and null where there is no key.</summary>
internal sealed record KeyHolder(string? Id, string Name, bool MayActFor, IReadOnlyList<string> Principals);

/// <summary>
/// For whom a request reads. By itself a key is everyone, <c>user:</c> and its name, and the principals it was made with.
/// Acting for a person, it is everyone, that person and the person's groups, and nothing of its own: otherwise everybody who
/// comes through it would read what it may.
/// </summary>
internal static class ActingCaller
{
    // As many as the tokens of the usual directories hold.
    private const int MaxGroups = 200;

    public static (string User, PrincipalSet Principals, Problem? Problem) Read(KeyHolder holder, IHeaderDictionary headers)
    {
        var user = headers[AiAppClient.UserHeader].ToString();
        var groups = headers[AiAppClient.GroupsHeader].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (user, groups) switch
        {
            ({ Length: 0 }, []) => (holder.Name, PrincipalSet.Of([.. Names(Principal.User(holder.Name)), .. holder.Principals]), null),
            // Left unheard, the request would read as the key, which may see more than the person.
            _ when !holder.MayActFor => Refuse(new(ProblemCatalogue.Forbidden)
            {
                Detail = $"This key may not act for others: leave out {AiAppClient.UserHeader} and {AiAppClient.GroupsHeader}, or use a key made with --on-behalf-of.",
            }),
            ({ Length: 0 }, _) => Refuse(Problem.Invalid(AiAppClient.GroupsHeader, $"Groups belong to a person: name one in {AiAppClient.UserHeader}.")),
            _ => ActFor(user, groups),
        };
    }

    private static (string, PrincipalSet, Problem?) ActFor(string user, string[] groups)
    {
        if (Principal.User(user) is not { } person)
        {
            return Refuse(Problem.Invalid(AiAppClient.UserHeader,
                $"With 'user:' before it this has at most {Principal.MaxLength} characters, no comma, no control character and no space at its ends."));
        }
        var names = groups.Select(Principal.Group).ToList();
        return names.Count > MaxGroups || names.Contains(null)
            ? Refuse(Problem.Invalid(AiAppClient.GroupsHeader,
                $"This is a list of at most {MaxGroups} groups, separated by commas; with 'group:' before it each has at most {Principal.MaxLength} characters and no control character."))
            : (user, PrincipalSet.Of([person, .. names.OfType<string>()]), null);
    }

    // A key's name may hold what a principal cannot; such a key is nobody in particular.
    private static IEnumerable<string> Names(string? principal) => principal is null ? [] : [principal];

    private static (string, PrincipalSet, Problem?) Refuse(Problem problem) => ("", PrincipalSet.Everyone, problem);
}
