using AiApp.Rag.Caching.Questions;

namespace AiApp.Rag.Tests.Caching;

public sealed class QuestionTextTests
{
    [Theory]
    [InlineData("Hello, could you please tell me how long the warranty is? Thanks!", "how long the warranty is")]
    [InlineData("Please tell me: What is the fee?", "What is the fee")]
    [InlineData("Quick question: does the lift work on Sundays?", "does the lift work on Sundays")]
    [InlineData("What is the fee?", "What is the fee")]
    public void What_is_searched_for_is_the_question_without_its_frame(string question, string asked) => Assert.Equal(asked, QuestionText.Asked(question));

    [Theory]
    [InlineData("Hello World sample in C#")]
    [InlineData("Well drilling permit")]
    [InlineData("Dear team letter")]
    [InlineData("please")]
    public void What_is_no_question_is_searched_for_as_it_is(string text) => Assert.Equal(text, QuestionText.Asked(text));
}
