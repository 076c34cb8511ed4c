namespace AiApp.Contracts;

/// <summary>From when until when documents say that they hold, in words.</summary>
public static class ValidityWords
{
    /// <summary>"valid from 2026-01-01 until 2026-12-31"; empty where the document does not say.</summary>
    public static string Of(DateOnly? from, DateOnly? until) => (from, until) switch
    {
        (null, null) => "",
        ({ } begin, null) => $"valid from {begin:yyyy-MM-dd}",
        (null, { } end) => $"valid until {end:yyyy-MM-dd}",
        ({ } begin, { } end) => $"valid from {begin:yyyy-MM-dd} until {end:yyyy-MM-dd}",
    };

    /// <summary>How it stands to what is cited: what no longer held, or does not hold yet, when that does, contradicts nothing.</summary>
    public static string Against(ConflictDto conflict) => conflict switch
    {
        { ValidUntil: { } ended, CitedValidFrom: { } begins } when ended < begins => "earlier than",
        { ValidFrom: { } begins, CitedValidUntil: { } ended } when begins > ended => "later than",
        _ => "against",
    };
}
