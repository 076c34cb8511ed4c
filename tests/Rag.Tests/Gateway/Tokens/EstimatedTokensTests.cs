using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Tests.Gateway.Tokens;

public sealed class EstimatedTokensTests
{
    // Counts by the published ranks of o200k_base.
    [Theory]
    [InlineData(26, "Employees may carry over up to five days of leave into the next calendar year, unless their manager has agreed to more in writing.")]
    [InlineData(38, "| Error | Code | Meaning |\n|---|---|---|\n| ERROR_SUCCESS | 0 | Completed. |\n| ERROR_FILE_NOT_FOUND | 2 | No such file. |")]
    [InlineData(20, "public static int Count(ReadOnlySpan<char> text) =>\n        Encode(text, ids: null);")]
    [InlineData(26, "Сотрудники могут перенести на следующий год не более пяти дней отпуска, если руководитель не согласовал большее число.")]
    [InlineData(26, "员工最多可以将五天假期结转到下一个日历年，除非经理书面同意更多。")]
    [InlineData(32, "2026-11-21,1048576,3.14159\n2026-11-22,2097152,2.71828\n")]
    public void An_estimate_is_near_the_count(int count, string text) => Assert.InRange(EstimatedTokens.Of(text), count * 0.7, count * 1.3);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("😀")]
    public void The_smallest_texts_have_an_estimate(string text) => Assert.InRange(EstimatedTokens.Of(text), text.Length == 0 ? 0 : 1, 3);

    [Fact]
    public void A_row_of_the_same_sign_does_not_count_sign_by_sign() => Assert.InRange(EstimatedTokens.Of(new string('-', 1000)), 1, 3);
}
