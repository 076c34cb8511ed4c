using AiApp.Api.Problems;
using AiApp.Contracts;

namespace AiApp.Api.Documents;

/// <summary>Where a retry may begin; see <see cref="RetryStages"/>.</summary>
internal static class RetryRules
{
    public static Problem? Check(string? from) => from is null or RetryStages.Failed or RetryStages.Reading
        ? null
        : Problem.Invalid("from", $"A retry begins from '{RetryStages.Failed}' or from '{RetryStages.Reading}'.");

    public static bool ReadsAnew(string? from) => from == RetryStages.Reading;
}
