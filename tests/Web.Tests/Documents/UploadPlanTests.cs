using AiApp.Contracts;
using AiApp.Web.Components.Pages.Documents.Checks;

namespace AiApp.Web.Tests.Documents;

public sealed class UploadPlanTests
{
    private static readonly UploadPlan Plan = Create(
        CheckOutcomes.New, CheckOutcomes.New, CheckOutcomes.Changed, CheckOutcomes.Unchanged, CheckOutcomes.Duplicate, CheckOutcomes.Unknown,
        CheckOutcomes.Rejected, CheckedFile.Unchecked);

    [Fact]
    public void What_would_change_something_is_sent_and_what_nobody_could_check_too()
    {
        Assert.Equal(5, Plan.ToSend);
        Assert.Equal([CheckedFile.Unchecked, CheckOutcomes.Changed, CheckOutcomes.New, CheckOutcomes.Unknown], Plan.Sent);
    }

    [Fact]
    public void Files_that_need_a_look_come_first() =>
        Assert.Equal(
            [CheckOutcomes.Rejected, CheckedFile.Unchecked, CheckOutcomes.Duplicate, CheckOutcomes.Changed, CheckOutcomes.New, CheckOutcomes.New,
                CheckOutcomes.Unknown, CheckOutcomes.Unchanged],
            Plan.Shown.Select(file => file.Outcome));

    [Fact]
    public void Duplicates_are_sent_when_somebody_wants_them()
    {
        var plan = Create(CheckOutcomes.Duplicate, CheckOutcomes.New);
        Assert.Equal(1, plan.ToSend);

        plan.WithDuplicates = true;

        Assert.Equal(2, plan.ToSend);
    }

    [Fact]
    public void After_sending_it_tells_what_was_left_out()
    {
        var plan = Create(CheckOutcomes.New, CheckOutcomes.Unchanged, CheckOutcomes.Rejected);
        Assert.Equal("3 files checked: 1 not taken, 1 new, 1 unchanged.", plan.Headline);

        plan.MarkSent();

        Assert.Equal("2 files left out: 1 not taken, 1 unchanged.", plan.Headline);
    }

    [Fact]
    public void While_files_are_checked_nothing_is_said_about_them()
    {
        var plan = Create(CheckOutcomes.New);
        plan.Expect(499);

        Assert.False(plan.IsChecked);
        Assert.Equal("Checking 500 files.", plan.Headline);
    }

    private static UploadPlan Create(params string[] outcomes)
    {
        var plan = new UploadPlan();
        plan.Expect(outcomes.Length);
        plan.Add(outcomes.Select(outcome => new CheckedFile($"{outcome}.md", 1, outcome, null, null)));
        return plan;
    }
}
