using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Sources;

/// <summary>What can be done to a source with one press, and what came of it.</summary>
internal sealed class SourceActions(AiAppClient api, Func<Task> changed)
{
    /// <summary>What the last thing done here came to.</summary>
    public string? Said { get; private set; }

    /// <summary>Why it was not done.</summary>
    public ProblemDto? Problem { get; private set; }

    public Task RunAsync(SourceDto source) => ActAsync(
        () => api.RunSourceAsync(source.Id),
        source.State == SourceStates.Running ? $"{source.Name} runs once more, right after this run." : $"{source.Name} runs as soon as a worker takes it.");

    public Task PauseAsync(SourceDto source) => ActAsync(
        () => api.DisableSourceAsync(source.Id), $"{source.Name} is paused. Its documents stay as they are.");

    public Task ResumeAsync(SourceDto source) => ActAsync(() => api.EnableSourceAsync(source.Id), $"{source.Name} goes on, at once at first.");

    public Task SayConfirmedAsync(SourceConfirmationDto confirmation)
    {
        (Said, Problem) = ($"{AnswerText.Count(confirmation.Deletions, "deletion")} let go; the next run makes {(confirmation.Deletions == 1 ? "it" : "them")}.", null);
        return changed();
    }

    /// <summary>What was said is over when something new is told.</summary>
    public void Forget() => Said = null;

    private async Task ActAsync(Func<Task> call, string done)
    {
        (Problem, Said) = (null, null);
        try
        {
            await call();
            Said = done;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            Problem = problem;
        }
        await changed();
    }
}
