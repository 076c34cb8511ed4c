using System.Threading.Channels;
using AiApp.Rag.Answering.Grounding;

namespace AiApp.Rag.Answering;

/// <summary>
/// Hands a model's text to the gate, sentence by sentence, and to the judge before where there is one. Nobody reads along where there is no
/// progress to tell.
/// </summary>
internal sealed class SentenceWriter(CitationGate gate, SentenceJudge? judge, ChannelWriter<AnswerProgress>? progress = null)
{
    private static readonly HashSet<string> None = [];

    public async Task PushAsync(string text, CancellationToken ct)
    {
        foreach (var sentence in gate.Cut(text))
        {
            await ReleaseAsync(sentence, ct);
        }
    }

    /// <summary>What has no end yet is a sentence, too.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        if (gate.CutRest() is { } rest)
        {
            await ReleaseAsync(rest, ct);
        }
        gate.End();
    }

    private async Task ReleaseAsync(string sentence, CancellationToken ct)
    {
        var refused = judge is null ? None : await judge.RefuseAsync(gate.FindPassing(sentence), ct);
        foreach (var item in gate.Release(sentence, refused))
        {
            await (progress?.WriteAsync(item, ct) ?? ValueTask.CompletedTask);
        }
    }
}
