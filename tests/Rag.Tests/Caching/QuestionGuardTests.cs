using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Questions;

namespace AiApp.Rag.Tests.Caching;

public sealed class QuestionGuardTests
{
    [Theory]
    [InlineData("How do I reset my password?", "Hello, could you tell me how I can reset the password please")]
    [InlineData("What is the meal allowance for trips to Spain?", "For a trip to Spain, what's the meal allowance?")]
    [InlineData("Must an accident be reported within 5 days?", "must accidents be reported within five days")]
    [InlineData("I can't log in", "I cannot log in!")]
    [InlineData("What costs 1,500 EUR?", "what costs 1500 EUR")]
    public void The_same_in_another_frame_form_or_order_is_the_same(string one, string other) => Assert.True(AskTheSame(one, other));

    [Theory]
    [InlineData("What is the limit for 5 nights?", "What is the limit for 6 nights?")]
    [InlineData("What is the limit of 100 EUR for?", "What is the limit of 100 USD for?")]
    [InlineData("Was it paid on 3 May 2026?", "Was it paid on 4 May 2026?")]
    [InlineData("Can I return it?", "Can't I return it?")]
    [InlineData("Which rooms are open with a badge?", "Which rooms are open without a badge?")]
    [InlineData("What changed before May 2025?", "What changed after May 2025?")]
    [InlineData("Does Anna report to Bert?", "Does Bert report to Anna?")]
    [InlineData("How do I transfer money from savings to checking?", "How do I transfer money to savings from checking?")]
    [InlineData("Can a manager overrule an auditor?", "Can an auditor overrule a manager?")]
    [InlineData("What is the price of tea in crates?", "What is the price of crates in tea?")]
    [InlineData("When did the contract end?", "When does the contract end?")]
    [InlineData("May I work from home?", "Must I work from home?")]
    [InlineData("Who approves it?", "When is it approved?")]
    [InlineData("What will I need to prove it?", "What is the need to prove it?")]
    [InlineData("I need my refund", "I need a refund")]
    [InlineData("What is the IT policy?", "What is it, the policy?")]
    [InlineData("Is C# supported?", "Is C supported?")]
    [InlineData("What happens at -5 degrees?", "What happens at 5 degrees?")]
    [InlineData("What does E-4012 mean?", "What does E-4021 mean?")]
    [InlineData("leave -draft", "leave draft")]
    [InlineData("How much notice do I have to give?", "How much notice do you have to give me?")]
    [InlineData("Who do I report to?", "Who reports to me?")]
    [InlineData("Who do you report to?", "Who reports to you?")]
    [InlineData("What are my obligations?", "What are your obligations?")]
    [InlineData("Who must be notified of a breach?", "Who must notify of a breach?")]
    [InlineData("Who is insured?", "Who insures?")]
    [InlineData("How and when do I get paid?", "How and where do I get paid?")]
    [InlineData("What is the deductible and who pays it?", "What is the deductible and when do I pay it?")]
    [InlineData("How do I move files from the drive of Finance to the drive of Sales?", "How do I move files from the drive of Sales to the drive of Finance?")]
    [InlineData("¿Quién informa a Anna?", "¿A quién informa Anna?")]
    [InlineData("Vem rapporterar i Norge?", "Vem rapporterar Norge?")]
    [InlineData("Who approves the rate of a supplier?", "Who approves the rating of a supplier?")]
    [InlineData("What is the fee?", "What will the fee be?")]
    [InlineData("Is a laser of 5 mW allowed?", "Is a laser of 5 MW allowed?")]
    [InlineData("Is a file of 5Mb allowed?", "Is a file of 5MB allowed?")]
    [InlineData("Is 10⁶ CFU allowed?", "Is 106 CFU allowed?")]
    public void What_differs_in_one_thing_that_matters_is_not(string one, string other) => Assert.False(AskTheSame(one, other));

    [Fact]
    public void Words_may_differ_only_as_far_as_the_model_was_measured_for()
    {
        var (one, other) = (QuestionShape.Of("How long is the warranty of a battery?"), QuestionShape.Of("How long is the guarantee of a battery?"));

        Assert.False(QuestionGuard.AskTheSame(one, other, new() { MaxWordDifference = 0.1 }));
        Assert.True(QuestionGuard.AskTheSame(one, other, new() { MaxWordDifference = 0.7 }));
    }

    private static bool AskTheSame(string one, string other) => QuestionGuard.AskTheSame(QuestionShape.Of(one), QuestionShape.Of(other), SimilarityOptions.Hashed);
}
