using AiApp.Api.Auth;
using AiApp.Api.Problems;
using AiApp.Rag.Access;

namespace AiApp.Api.Documents;

/// <summary>What the readers of a document must be like.</summary>
internal static class ReadersRule
{
    public const string Field = "readers";

    /// <summary>The readers, or why not: a name is none, or the caller would lock itself out.</summary>
    public static (ReaderSet? Readers, Problem? Problem) Read(IEnumerable<string>? principals, Caller caller)
    {
        if (!ReaderSet.TryCreate(principals ?? [], out var readers))
        {
            return (null, Problem.Invalid(Field, $"Readers are 1 to {ReaderSet.MaxCount} principals: 'everyone', or a kind and a name such as "
                + $"'group:hr' or 'user:anna', of at most {Principal.MaxLength} characters without a comma."));
        }
        return readers.Includes(caller.Principals)
            ? (readers, null)
            : (null, Problem.Invalid(Field, "You would not be one of the readers: name a principal that you are yourself as well."));
    }
}
