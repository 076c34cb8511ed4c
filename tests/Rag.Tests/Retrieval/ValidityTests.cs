using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class ValidityTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly DateOnly NewYear2024 = new(2024, 1, 1);
    private static readonly DateOnly End2025 = new(2025, 12, 31);
    private static readonly DateOnly NewYear2026 = new(2026, 1, 1);

    [Theory]
    [InlineData("What is the meal allowance?", false, true)]
    [InlineData("What was the meal allowance in 2024?", true, false)]
    [InlineData("What is the meal allowance in 2026?", false, true)]
    [InlineData("How did it change from 2025 to 2026?", true, true)]
    [InlineData("Does firmware 2024.1 work?", false, true)]
    public void A_text_counts_when_it_was_valid_at_the_time_the_question_names(string question, bool old, bool current)
    {
        var validity = Validity.Of(question, Today);

        Assert.Equal(old, validity.Covers(NewYear2024, End2025));
        Assert.Equal(current, validity.Covers(NewYear2026, null));
    }

    [Fact]
    public void A_text_without_dates_is_always_valid() =>
        Assert.True(Validity.Of("In 1999?", Today).Covers(null, null));
}
