using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Prompts;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Tests.Answering;

public sealed class AnswerRunTests
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("judge", "v1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SetClock _clock = new();
    private readonly AnswerRun _run;

    public AnswerRunTests() =>
        _run = new(new() { Tenant = new TenantId(1), Text = "How many?" }, _clock) { JudgingTime = TimeSpan.FromSeconds(8) };

    [Fact]
    public void Judgements_share_what_all_of_them_may_take_and_time_between_them_costs_nothing()
    {
        var first = Ask();
        Answer(first, waited: 1, took: 3);
        _clock.Seconds += 60;
        var second = Ask();
        Answer(second, waited: 0, took: 5);
        var third = Ask();

        Assert.Equal((Patience, TimeSpan.FromSeconds(4), TimeSpan.Zero), (first.Deadline, second.Deadline, third.Deadline));
        Assert.Equal(Patience, _run.Checks(ModelStep.Repair, Prompt, Patience).Deadline);
    }

    [Fact]
    public void It_is_checked_as_wanted_when_everybody_who_was_asked_has_answered()
    {
        Assert.True(_run.IsCheckedAsWanted);
        var asked = Ask();
        Assert.False(_run.IsCheckedAsWanted);
        Answer(asked, waited: 0, took: 1);
        Assert.True(_run.IsCheckedAsWanted);
        asked.Degrade(Degradation.OtherModel);
        Assert.False(_run.IsCheckedAsWanted);
    }

    private ModelRequest Ask() => _run.Checks(ModelStep.Judge, Prompt, Patience);

    /// <summary>As the gateway notes it.</summary>
    private void Answer(ModelRequest asked, int waited, int took)
    {
        var attempt = asked.BeginAttempt("provider", "model", most: 1)!;
        _clock.Seconds += waited;
        attempt.Began = _clock.GetTimestamp();
        _clock.Seconds += took;
        attempt.Duration = TimeSpan.FromSeconds(took);
        asked.Answered = attempt;
    }

    private sealed class SetClock : TimeProvider
    {
        public long Seconds { get; set; }
        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
