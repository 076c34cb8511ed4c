using System.Runtime.CompilerServices;
using AiApp.Api.Http;
using AiApp.Contracts;
using AiApp.Rag.Answering;

namespace AiApp.Api.Answers;

/// <summary>An answer's progress in the words of <see cref="AnswerEventNames"/>.</summary>
internal static class AnswerStream
{
    public static async IAsyncEnumerable<ServerEvent> ReadAsync(
        IAsyncEnumerable<AnswerProgress> progress, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var step in progress.WithCancellation(ct))
        {
            switch (step)
            {
                case AnswerProgress.StageStarted stage:
                    yield return new(AnswerEventNames.Stage, new StageEvent(stage.Name, stage.ElapsedMs));
                    break;
                case AnswerProgress.Delta delta:
                    yield return new(AnswerEventNames.Delta, new DeltaEvent(delta.Text));
                    break;
                case AnswerProgress.Cited cited:
                    yield return new(AnswerEventNames.Citation, cited.Citation.ToDto());
                    break;
                case AnswerProgress.Completed completed:
                    yield return new(AnswerEventNames.Usage, completed.Answer.ToUsage());
                    yield return new(AnswerEventNames.Done, completed.Answer.ToDto());
                    break;
            }
        }
    }
}
