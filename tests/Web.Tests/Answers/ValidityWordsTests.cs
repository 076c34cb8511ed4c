using AiApp.Contracts;

namespace AiApp.Web.Tests.Answers;

public sealed class ValidityWordsTests
{
    private static readonly DateOnly Year = new(2025, 1, 1);

    [Fact]
    public void A_document_that_held_before_the_cited_one_is_earlier() =>
        Assert.Equal("earlier than", ValidityWords.Against(Conflict(until: Year.AddDays(-1), citedFrom: Year)));

    [Fact]
    public void A_document_that_holds_after_the_cited_one_is_later() =>
        Assert.Equal("later than", ValidityWords.Against(Conflict(from: Year, citedUntil: Year.AddDays(-1))));

    [Fact]
    public void Documents_that_hold_on_one_day_at_least_stand_against_each_other() =>
        Assert.Equal("against", ValidityWords.Against(Conflict(from: Year, until: Year, citedFrom: Year, citedUntil: Year)));

    [Fact]
    public void Without_dates_documents_stand_against_each_other() => Assert.Equal("against", ValidityWords.Against(Conflict()));

    private static ConflictDto Conflict(DateOnly? from = null, DateOnly? until = null, DateOnly? citedFrom = null, DateOnly? citedUntil = null) => new()
    {
        Kind = "number", Other = TestCitations.Citation(1), ValidFrom = from, ValidUntil = until, CitedValidFrom = citedFrom, CitedValidUntil = citedUntil,
    };
}
