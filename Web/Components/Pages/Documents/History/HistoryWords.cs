using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Documents.History;

/// <summary>The events of a document's uploads as people read them.</summary>
internal static class HistoryWords
{
    public static string Headline(DocumentEventDto told) => told.Kind switch
    {
        "queued" => "Queued",
        "replaced" => "A newer upload took its place in the queue",
        "started" => $"Attempt {told.Attempt} began",
        "given_back" => "Its worker was shut down and gave it back",
        "postponed" => $"Put off{While(told)}",
        "failed" => $"Attempt {told.Attempt} failed{While(told)}",
        "crashed" => $"Attempt {told.Attempt} broke off{While(told)}: its worker or parser was lost",
        "completed" => "Searchable",
        "discarded" => $"Given up{While(told)}",
        "cancelled" => "Called back",
        _ => told.Kind,
    };

    /// <summary>What follows from it for whoever reads it; null where nothing does.</summary>
    public static string? Advice(DocumentEventDto told) => told.Kind switch
    {
        "postponed" => "Nothing to do: it runs again by itself, and this does not count as an attempt.",
        "given_back" => "Nothing to do: another worker takes it.",
        "failed" or "crashed" => "Nothing to do yet: it runs again by itself.",
        "discarded" => WhatToDo(told.Code),
        "cancelled" => "Retry it, or upload the file again, to have it searchable.",
        _ => null,
    };

    /// <summary>About a document that was given up with this code.</summary>
    public static string WhatToDo(string? code) => code switch
    {
        ProblemCodes.EncryptedDocument => "Save it without a password, then upload it under the same name.",
        ProblemCodes.NoText => "Recognise the text of the scan first, then upload the result under the same name.",
        ProblemCodes.PoisonDocument => "Repair or simplify the file, then upload it under the same name.",
        ProblemCodes.UnsupportedMedia => "Save it in a format that is read, then upload that.",
        ProblemCodes.TooLarge => "Split it into smaller files, then upload those.",
        ProblemCodes.StorageFull => "Whoever runs the service needs to make room. Retry it afterwards.",
        ProblemCodes.ProviderRateLimited or ProblemCodes.ProviderTimeout or ProblemCodes.ProviderError or ProblemCodes.ProviderBadOutput
            or ProblemCodes.DatabaseUnavailable => "Retry it when the service is well again.",
        ProblemCodes.QuotaExceeded => "It runs again by itself once the budget for models has room.",
        ProblemCodes.Validation => "Correct the file, then upload it under the same name.",
        _ => "Retry it; if it fails again, tell whoever runs the service.",
    };

    public static string Stage(string stage) => stage switch
    {
        "reading" => "Reading",
        "kept" => "Text kept from before",
        "chunking" => "Cutting into passages",
        "embedding" => "Making it searchable",
        "publishing" => "Publishing",
        _ => stage,
    };

    public static string At(DateTimeOffset instant, DateTimeOffset now) =>
        instant.UtcDateTime.ToString(instant.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss 'UTC'" : "d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string While(DocumentEventDto told) => told.Stage switch
    {
        "reading" => " while it was read",
        "chunking" => " while it was cut into passages",
        "embedding" => " while it was made searchable",
        "publishing" => " while it was published",
        _ => "",
    };
}
