using AiApp.Contracts;
using AiApp.Web.Components.Pages.Research;

namespace AiApp.Web.Tests.Research;

public sealed class ResearchRunTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_takes_the_place_of_what_was_told_of_it_before_and_costs_add_up()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentStepEvent(Step(1, AgentStepStates.Running)),
            new AgentStepEvent(Step(1, AgentStepStates.Done) with { CostDollars = 0.25m }), new AgentStepEvent(Step(2, AgentStepStates.Done) with { CostDollars = 0.5m }));

        Assert.Equal([AgentStepStates.Done, AgentStepStates.Done], told.Steps.Select(step => step.State));
        Assert.Equal(0.75m, told.CostDollars);
        Assert.Equal("2 steps of at most 24 · $0.75 of at most $1.00", ResearchWords.Spent(told));
    }

    [Fact]
    public void A_call_waits_until_its_own_step_goes_on()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentApprovalEvent(Asked(3)), new AgentStepEvent(Step(2, AgentStepStates.Done)));
        Assert.Equal(3, told.Approval!.Step);

        told.Apply(new AgentStepEvent(Step(3, AgentStepStates.WaitingApproval)));
        Assert.Equal((true, AgentStates.WaitingApproval), (told.Approval is not null, told.Run!.State));
        told.Apply(new AgentStepEvent(Step(3, AgentStepStates.Declined)));
        Assert.Equal((null, AgentStates.Running), (told.Approval, told.Run.State));
    }

    [Fact]
    public void A_run_that_is_over_stays_so_when_an_older_state_comes_late()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentDoneEvent(Run(AgentStates.Stopped)), new AgentRunEvent(Run(AgentStates.Running)));

        Assert.True(told.IsOver);
        Assert.Equal(AgentStates.Stopped, told.Run!.State);
    }

    [Fact]
    public void A_call_that_was_told_of_before_the_decision_about_an_earlier_one_came_back_waits_on()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentApprovalEvent(Asked(3)), new AgentStepEvent(Step(3, AgentStepStates.Done)),
            new AgentApprovalEvent(Asked(5)));

        told.Decided(3, Run(AgentStates.Running));

        Assert.Equal((5, AgentStates.WaitingApproval), (told.Approval?.Step, told.Run?.State));
    }

    [Fact]
    public void A_call_that_was_decided_waits_no_longer()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentApprovalEvent(Asked(3)));

        told.Decided(3, Run(AgentStates.Running));

        Assert.Equal((null, AgentStates.Running), (told.Approval, told.Run?.State));
    }

    [Fact]
    public void A_step_that_has_ended_does_not_begin_again_when_an_older_state_comes_late()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentApprovalEvent(Asked(3)), new AgentStepEvent(Step(3, AgentStepStates.Done)));

        told.Decided(3, Run(AgentStates.Running) with { Steps = [Step(3, AgentStepStates.Approved)] });

        Assert.Equal(AgentStepStates.Done, told.Steps.Single().State);
    }

    [Fact]
    public void A_failure_ends_the_run_with_its_problem()
    {
        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentApprovalEvent(Asked(3)), new AgentErrorEvent(new() { Code = ProblemCodes.AgentLimit }));

        Assert.Equal((true, ProblemCodes.AgentLimit, null), (told.IsOver, told.Failure!.Code, told.Approval));
    }

    [Fact]
    public void Whoever_may_begin_a_run_again_is_told_of_a_call_that_may_have_been_made()
    {
        var ticket = Step(3, AgentStepStates.Failed) with { Kind = "tool", Tool = "office_create_ticket", MayHaveHappened = true };

        var told = Told(new AgentRunEvent(Run(AgentStates.Running)), new AgentStepEvent(ticket), new AgentDoneEvent(Run(AgentStates.Stopped)));

        Assert.Equal("Nobody knows whether the call of office_create_ticket was made. Look there first: researched again, it may be made once more.", ResearchWords.Unknown(told));
    }

    [Fact]
    public void Nothing_is_told_of_calls_that_have_an_end()
    {
        var ticket = Step(3, AgentStepStates.Done) with { Kind = "tool", Tool = "office_create_ticket", MayHaveHappened = true };

        Assert.Null(ResearchWords.Unknown(Told(new AgentStepEvent(ticket), new AgentStepEvent(Step(4, AgentStepStates.Failed)))));
    }

    [Theory]
    [InlineData("search", """{"query":"annual leave","top":3}""", "Search: annual leave")]
    [InlineData("calculate", """{"expression":"28 * 3"}""", "Work out: 28 * 3")]
    [InlineData("search", """{"query":5}""", "Search")]
    [InlineData("search", "{\"query\": \"lap", "Search")]
    [InlineData("search", "[1]", "Search")]
    [InlineData("office_create_ticket", "{}", "Call office_create_ticket")]
    public void A_step_is_told_by_what_it_is_for(string tool, string arguments, string words) =>
        Assert.Equal(words, ResearchWords.Step(Step(1, AgentStepStates.Done) with { Kind = "tool", Tool = tool, Arguments = arguments }));

    [Theory]
    [InlineData("search", false)]
    [InlineData("office_create_ticket", true)]
    public void Calls_outside_show_their_arguments(string tool, bool outside) =>
        Assert.Equal(outside, ResearchWords.IsOutside(Step(1, AgentStepStates.Done) with { Kind = "tool", Tool = tool }));

    [Theory]
    [InlineData("{\"to\":\"anna\"}\n", "{\"to\":\"anna\"}\n")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u200bb\u00a0c\rd", "a\\u200bb\\u00a0c\\u000dd")]
    [InlineData("tag \U000E0041", "tag \\udb40\\udc41")]
    [InlineData("a\u034fb\u17b4c\u180bd\u180fe\ufe0ff", "a\\u034fb\\u17b4c\\u180bd\\u180fe\\ufe0ff")]
    [InlineData("\u115f\u1160\u3164\uffa0\u2800", "\\u115f\\u1160\\u3164\\uffa0\\u2800")]
    [InlineData("a\U000E0100b", "a\\udb40\\udd00b")]
    [InlineData("Zoë 🙂", "Zoë 🙂")]
    [InlineData("e\u0301 ក 한 ᠠ", "e\u0301 ក 한 ᠠ")]
    public void What_has_no_look_of_its_own_is_shown_escaped_to_whoever_approves_it(string text, string shown) => Assert.Equal(shown, ExactText.Show(text));

    private static ResearchRun Told(params IEnumerable<AgentEvent> events)
    {
        var told = new ResearchRun();
        foreach (var one in events)
        {
            told.Apply(one);
        }
        return told;
    }

    private static AgentRunDto Run(string state) => new()
    {
        Id = Guid.Empty, Question = "Why?", State = state, Limits = new() { Steps = 24, CostDollars = 1 }, CostDollars = 0, Takeovers = 1, CreatedAt = At, Steps = [],
    };

    private static AgentStepDto Step(int number, string state) => new() { Number = number, Kind = "model", State = state };

    private static AgentApprovalDto Asked(int step) => new() { Step = step, Tool = "office_create_ticket", Arguments = "{}", Hash = "abc", Until = At, MayHaveHappened = false };
}
