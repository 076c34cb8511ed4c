using AiApp.Contracts;
using AiApp.Web.Components.Pages.Operations.Requests;

namespace AiApp.Web.Tests.Operations;

public sealed class ReplayWordsTests
{
    private static readonly AnswerDto Then = new()
    {
        Id = Guid.Empty, Question = "Why?", Text = "Because [1].", Outcome = AnswerOutcomes.Answered, Citations = [], Passages = [], Usage = new(),
        Provider = "p", Model = "a", PromptVersion = "answer.v1", Stages = [], DurationMs = 100,
    };

    private static readonly ReplayDto Same = new()
    {
        Original = Then, Replay = Then, Evidence = ReplayEvidences.Recorded, SameText = true, SameOutcome = true,
        KeptCitations = [TestCitations.Citation(1)], GoneCitations = [], NewCitations = [], CostDollarsMore = 0, DurationMsMore = 0, Missing = [], ChangedDocuments = [],
    };

    [Fact]
    public void The_same_again_has_nothing_more_to_tell_than_its_citations()
    {
        Assert.Equal(("The same words again.", ""), (ReplayWords.Headline(Same), ReplayWords.More(Same)));
        Assert.Equal(["Citations: 1 kept, 0 gone, 0 new."], ReplayWords.Facts(Same));
    }

    [Fact]
    public void What_lies_between_is_told_as_more_and_less()
    {
        var other = Same with { SameText = false, DurationMsMore = -40, CostDollarsMore = 0.0012m, InputTokensMore = 1200, OutputTokensMore = -3 };

        Assert.Equal("Other words.", ReplayWords.Headline(other));
        Assert.Equal("40 ms less, $0.0012 more, 1,200 tokens in more, 3 tokens out less.", ReplayWords.More(other));
    }

    [Fact]
    public void An_outcome_that_turned_another_model_changed_documents_and_what_is_gone_are_named()
    {
        var other = Same with
        {
            SameText = false, SameOutcome = false, Replay = Then with { Outcome = AnswerOutcomes.InsufficientContext, Model = "b" },
            Missing = [ReplayMissing.Model, ReplayMissing.PromptVersion],
            ChangedDocuments = [new() { DocumentId = Guid.Empty, SourceUri = "leave.md", RecordedVersion = 1, CurrentVersion = 2 }],
        };

        Assert.Equal("Answered then, and not now.", ReplayWords.Headline(other));
        Assert.Equal(
            ["Citations: 1 kept, 0 gone, 0 new.", "Written by p/a then, by p/b now.", "leave.md has changed: version 1 then, 2 now.",
                "No longer there, so that today's stood in: the model, the version of the prompt."],
            ReplayWords.Facts(other));
    }
}
