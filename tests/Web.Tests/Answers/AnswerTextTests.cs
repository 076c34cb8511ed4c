using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Tests.Answers;

public sealed class AnswerTextTests
{
    [Fact]
    public void An_answer_that_is_all_that_was_asked_for_says_nothing_about_it() => Assert.Null(AnswerText.Degraded(Answer([])));

    [Fact]
    public void An_answer_without_a_model_says_so_before_anything_else() =>
        Assert.StartsWith("No language model answered", AnswerText.Degraded(Answer([Degradations.OtherModel, Degradations.Extractive])), StringComparison.Ordinal);

    [Fact]
    public void An_answer_of_another_model_says_so() =>
        Assert.Contains("another one", AnswerText.Degraded(Answer([Degradations.OtherModel])), StringComparison.Ordinal);

    [Fact]
    public void An_answer_whose_passages_were_not_reranked_says_that_and_nothing_of_another_model() =>
        Assert.StartsWith("The passages were not judged", AnswerText.Degraded(Answer([Degradations.NotReranked])), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.2", "$1.20")]
    [InlineData("0.0012", "$0.0012")]
    [InlineData("0.00001", "under $0.0001")]
    public void A_cost_has_the_digits_that_say_something(string dollars, string expected) =>
        Assert.Equal(expected, AnswerText.Dollars(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(119, "1 minute")]
    [InlineData(7_200, "2 hours")]
    [InlineData(200_000, "2 days")]
    public void An_age_is_told_in_its_largest_unit(int seconds, string expected) => Assert.Equal(expected, AnswerText.Age(seconds));

    [Fact]
    public void What_is_left_out_is_told_with_what_was_put_right() => Assert.Equal(
        "2 sentences of the language model are not shown: a number that the documents do not give. It has put 1 sentence right.",
        AnswerText.LeftOut(Answer([]) with { Grounding = new() { Supported = 2, Removed = [ClaimFaults.Number, ClaimFaults.Number], Repaired = 1 } }));

    private static AnswerDto Answer(IReadOnlyList<string> degraded) => new()
    {
        Id = Guid.Empty, Question = "", Text = "", Outcome = AnswerOutcomes.Answered, Citations = [], Passages = [], Usage = new(), Provider = "", Model = "",
        PromptVersion = "", Stages = [], DurationMs = 0, Degraded = degraded,
    };
}
