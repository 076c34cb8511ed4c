using AiApp.Rag.Conversations;
using AiApp.Rag.Conversations.FollowUps;

namespace AiApp.Rag.Tests.Conversations;

/// <summary>Each case: the question before, its answer if it matters, the question that follows, and what that stands for.</summary>
public sealed class FollowUpRulesTests
{
    private const string Leave = "How many days of annual leave do full-time employees have?";
    private const string Allowance = "What is the travel allowance for Berlin?";
    private const string Permit = "How do I get a parking permit?";
    private const string Approver = "Who approves travel expenses?";

    [Theory]
    [InlineData(Leave, "What about part-timers?", "How many days of annual leave do part-timers have?")]
    [InlineData(Leave, "And interns?", "How many days of annual leave do interns have?")]
    [InlineData(Leave, "and for contractors?", "How many days of annual leave do contractors have?")]
    [InlineData(Leave, "How about sick leave?", "How many days of sick leave do full-time employees have?")]
    [InlineData(Allowance, "And for Stockholm?", "What is the travel allowance for Stockholm?")]
    [InlineData("What is the daily limit for travel inside Sweden?", "And for travel inside Norway?", "What is the daily limit for travel inside Norway?")]
    [InlineData("What is the daily limit for travel inside Sweden?", "And in Canada?", "What is the daily limit for travel inside Canada?")]
    [InlineData(Allowance, "what about Paris?", "What is the travel allowance for Paris?")]
    [InlineData(Allowance, "But in Vienna?", "What is the travel allowance for Vienna?")]
    [InlineData("When is the office in Lisbon open in December?", "And in January?", "When is the office in Lisbon open in January?")]
    [InlineData("What is the notice period in the probation period?", "And after the probation period?", "What is the notice period after the probation period?")]
    [InlineData("What does the basic plan cost?", "And the premium plan?", "What does the premium plan cost?")]
    [InlineData(Leave, "Is it the same for trainees?", "How many days of annual leave do trainees have?")]
    [InlineData(Leave, "Does that also apply to freelancers?", "How many days of annual leave do freelancers have?")]
    [InlineData("How long is the warranty for monitors?", "What about laptops?", "How long is the warranty for laptops?")]
    public void What_is_left_out_is_taken_from_the_question_before(string before, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, null, asked));

    [Theory]
    [InlineData(Permit, "How much is it?", "How much is the parking permit?")]
    [InlineData(Permit, "How long is it valid?", "How long is the parking permit valid?")]
    [InlineData(Permit, "And when does it expire?", "When does the parking permit expire?")]
    [InlineData(Allowance, "When is it paid?", "When is the travel allowance for Berlin paid?")]
    [InlineData(Allowance, "Who approves it?", "Who approves the travel allowance for Berlin?")]
    [InlineData(Allowance, "Is that taxed?", "Is the travel allowance for Berlin taxed?")]
    [InlineData("Which documents must suppliers send?", "Where do I upload them?", "Where do I upload documents?")]
    [InlineData("How are laptops insured?", "Who replaces them?", "Who replaces laptops?")]
    [InlineData("What does the cleaning contract cover?", "When does it end?", "When does the cleaning contract end?")]
    [InlineData("What does the cleaning contract cover?", "What are its costs?", "What are the cleaning contract’s costs?")]
    [InlineData(Leave, "Can I carry it over?", "Can I carry annual leave over?")]
    [InlineData("What is the deposit for the locker?", "How do I get that back?", "How do I get the deposit for the locker back?")]
    public void A_pronoun_is_what_was_asked_about(string before, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, null, asked));

    [Theory]
    [InlineData(Approver, "Travel expenses are approved by the line manager [1].", "How do I reach her?", "How do I reach the line manager?")]
    [InlineData(Approver, "Travel expenses are approved by Anna Berg [1].", "Where does she sit?", "Where does Anna Berg sit?")]
    [InlineData("Who signs contracts?", "Contracts are signed by the finance director [1].", "When is he in?", "When is the finance director in?")]
    public void Somebody_is_whom_the_answer_names(string before, string answer, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, answer, asked));

    [Theory]
    [InlineData("Can I park at the Lisbon office?", "What do guests pay there?", "What do guests pay at the Lisbon office?")]
    [InlineData("Where are the showers in Berlin?", "Can I store a bicycle there?", "Can I store a bicycle in Berlin?")]
    public void There_is_where_the_question_before_was(string before, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, null, asked));

    [Theory]
    [InlineData(Allowance, "How is the allowance paid?", "How is the travel allowance paid?")]
    [InlineData(Permit, "Where do I show that permit?", "Where do I show the parking permit?")]
    [InlineData("When does the probation period end?", "Can the period be extended?", "Can the probation period be extended?")]
    public void A_short_name_is_the_long_one_that_was_spoken_of(string before, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, null, asked));

    [Theory]
    [InlineData(Leave, "Why?", "Why: " + Leave)]
    [InlineData(Leave, "Since when?", "Since when: " + Leave)]
    [InlineData(Permit, "How much?", "How much: " + Permit)]
    [InlineData(Permit, "Any exceptions?", "Any exceptions: " + Permit)]
    [InlineData(Permit, "And why not?", "Why not: " + Permit)]
    [InlineData(Permit, "Can you give me an example?", "Can you give me an example: " + Permit)]
    public void A_bare_question_is_asked_about_the_one_before(string before, string asked, string standalone) =>
        Assert.Equal(standalone, Rewrite(before, null, asked));

    [Theory]
    [InlineData("How do I book a meeting room?")]
    [InlineData("What is the travel allowance for Stockholm?")]
    [InlineData("Who approves overtime?")]
    [InlineData("What is overtime?")]
    [InlineData("Where is the canteen?")]
    [InlineData("Is it possible to work from abroad?")]
    [InlineData("How long does it take to get a badge?")]
    [InlineData("Is it allowed to bring dogs?")]
    [InlineData("Can employees carry over their leave?")]
    [InlineData("If a badge is lost, who replaces it?")]
    [InlineData("Which form do I need for the expenses that suppliers cause?")]
    [InlineData("Are there lockers in the basement?")]
    [InlineData("What does error E-4012 mean?")]
    [InlineData("Does the company pay for glasses?")]
    [InlineData("What should managers do when they leave?")]
    [InlineData("Parking for guests")]
    [InlineData("I need the number of the help desk")]
    public void A_question_that_stands_alone_stays_as_it_is(string asked)
    {
        Assert.All([Leave, Allowance, Permit, Approver], before => Assert.Null(Rewrite(before, "It is approved by the line manager [1].", asked)));
    }

    [Fact]
    public void A_long_question_stays_as_it_is_whatever_it_points_at() =>
        Assert.Null(Rewrite(Permit, null, $"How much is it for {string.Join(" and ", Enumerable.Repeat("a car", 40))}?"));

    [Fact]
    public void The_first_question_stays_as_it_is() => Assert.Null(FollowUpRules.Rewrite("And for Stockholm?", []));

    [Fact]
    public void A_follow_up_of_a_follow_up_is_understood_by_what_the_first_became()
    {
        var second = Rewrite(Allowance, null, "And for Stockholm?")!;

        Assert.Equal("When is the travel allowance for Stockholm paid?", Rewrite(second, null, "When is it paid?"));
    }

    private static string? Rewrite(string before, string? answer, string asked) =>
        FollowUpRules.Rewrite(asked, [new PathTurn { Id = Guid.NewGuid(), Question = before, Answer = answer }]);
}
