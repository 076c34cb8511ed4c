using System.Runtime.CompilerServices;
using AiApp.Api.Http;
using AiApp.Contracts;
using AiApp.Rag.Answering;

namespace AiApp.Api.Answers;

/// <summary>An answer's progress in the words of <see cref="AnswerEventNames"/>.</summary>
internal static class AnswerStream
{
    public static async IAsyncEnumerable<ServerEvent> ReadAsync(
        IAsyncEnumerable<AnswerProgress> progress, Func<AnswerDto, Task<AnswerDto>> complete, [EnumeratorCancellation] CancellationToken ct)
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
                    var answer = await complete(completed.Answer.ToDto());
                    yield return new(AnswerEventNames.Usage, answer.Usage);
                    yield return new(AnswerEventNames.Done, answer);
                    break;
            }
        }
    }
}
