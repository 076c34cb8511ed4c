using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

internal static partial class GenAILog
{
    [LoggerMessage(
        EventName = "gen_ai.client.operation.exception",
        Level = LogLevel.Warning,
        Message = "A GenAI client operation exception occurred.")]
    public static partial void OperationException(ILogger logger, Exception error);

    public static void Fail(this Activity? activity, Exception error) =>
        activity?.AddTag(GenAI.ErrorType, error.GetType().FullName).SetStatus(ActivityStatusCode.Error, error.Message);

    /// <summary>Additional properties have no defined meaning, so they count as sensitive.</summary>
    public static void AddProperties(this Activity activity, AdditionalPropertiesDictionary? properties)
    {
        foreach (var property in properties ?? [])
        {
            activity.AddTag(property.Key, property.Value);
        }
    }
}
