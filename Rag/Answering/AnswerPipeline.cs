using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Caching;
using AiApp.Rag.Caching.Questions;
using AiApp.Rag.Caching.Shadows;
using AiApp.Rag.Gateway;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Answering;

/// <summary>The question's way: retrieve, ground, write, check each sentence's citations, record.</summary>
public sealed class AnswerPipeline(
    IRetriever retriever,
    IChatClient model,
    AnswerJudge judge,
    AnswerRepair repair,
    AnswerStore store,
    AnswerEvaluations evaluations,
    AnswerCache cache,
    ShadowQueue shadows,
    IOptions<AnsweringOptions> answering,
    TimeProvider clock,
    ILogger<AnswerPipeline> logger)
{
    /// <summary>What a model replies when the passages do not answer; the prompt says so.</summary>
    internal const string InsufficientContext = "INSUFFICIENT_CONTEXT";

    internal const string Abstention = "The documents do not contain an answer to this question.";
    private const string Canceled = "canceled";
    private static readonly TimeSpan RecordTimeout = TimeSpan.FromSeconds(5);
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("answer", "v1");

    /// <summary>
    /// Streams an answer. Ends with <see cref="AnswerProgress.Completed"/>, or throws <see cref="ModelProviderException"/>
    /// (recorded as a failed answer) or <see cref="Npgsql.NpgsqlException"/> (the database is out).
    /// </summary>
    public async IAsyncEnumerable<AnswerProgress> AnswerAsync(Question question, [EnumeratorCancellation] CancellationToken ct)
    {
        // The work runs beside the reader, so that a failure can be recorded before the reader sees it.
        var progress = Channel.CreateBounded<AnswerProgress>(64);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var work = Task.Run(() => RunAsync(question, progress.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var item in progress.Reader.ReadAllAsync(ct))
            {
                yield return item;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    /// <summary>The whole answer, for whoever needs no part of it. Throws as <see cref="AnswerAsync(Question, CancellationToken)"/> does.</summary>
    public async Task<Answer> CompleteAsync(Question question, CancellationToken ct)
    {
        await foreach (var progress in AnswerAsync(question, ct))
        {
            if (progress is AnswerProgress.Completed completed)
            {
                return completed.Answer;
            }
        }
        throw new InvalidOperationException("The pipeline ended without an answer.");
    }

    private async Task RunAsync(Question question, ChannelWriter<AnswerProgress> progress, CancellationToken ct)
    {
        AnswerRun? run = null;
        Exception? reason = null;
        try
        {
            run = new(question, clock) { JudgingTime = TimeSpan.FromSeconds(answering.Value.JudgeTotalSeconds) };
            await AnswerAsync(run, progress, ct);
        }
#pragma warning disable CA1031 // handed to the reader, who maps it; nothing is swallowed
        catch (Exception exception)
        {
            reason = exception;
            if (run is { IsRecorded: false } && UnfinishedBy(exception, ct) is { } unfinished)
            {
                await RecordUnfinishedAsync(run, unfinished);
            }
        }
#pragma warning restore CA1031
        finally
        {
            // Whatever happens: a reader whose channel has no end waits for ever.
            progress.Complete(reason);
            run?.Flight?.Dispose();
        }
    }

    /// <summary>What the record says of it; null for an outage of the database and for a fault of ours, which the reader is told.</summary>
    private static UnfinishedAnswer? UnfinishedBy(Exception exception, CancellationToken ct) => exception switch
    {
        ModelProviderException provider => new("failed", provider.Code),
        QuotaExceededException => new("failed", ModelFailureCodes.QuotaExceeded),
        OperationCanceledException when ct.IsCancellationRequested => new(Canceled, null),
        _ => null,
    };

    private async Task AnswerAsync(AnswerRun run, ChannelWriter<AnswerProgress> progress, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.answer");
        await progress.WriteAsync(new AnswerProgress.StageStarted("retrieving", run.ElapsedMs), ct);
        var began = run.ElapsedMs;
        var retrieved = run.Question.Replay?.Evidence ?? await retriever.RetrieveAsync(new()
        {
            Tenant = run.Question.Tenant,
            Text = QuestionText.Asked(run.Question.Text),
            Principals = run.Question.Principals,
            User = run.Question.AskedBy,
            ApiKey = run.Question.ApiKey,
            RequestId = run.Id,
            Collection = run.Question.Collection,
            Top = answering.Value.Passages,
        }, ct);
        run.Retrieved(retrieved, began);
        if (await FindCachedAsync(run, retrieved, ct) is { } hit)
        {
            await GiveAgainAsync(run, hit, retrieved, progress, ct);
            return;
        }
        if (retrieved.Chunks.Count > 0)
        {
            await progress.WriteAsync(new AnswerProgress.StageStarted("writing", run.ElapsedMs), ct);
            await WriteAsync(run, retrieved, progress, ct);
        }
        var abstained = run.Gate.Citations.Count == 0;
        if (abstained)
        {
            await progress.WriteAsync(new AnswerProgress.Delta(Abstention), ct);
        }
        var answer = run.ToAnswer(abstained ? Abstention : run.Gate.Text, abstained ? AnswerOutcome.InsufficientContext : AnswerOutcome.Answered, PromptOf(run));
        await RecordAsync(run, answer, retrieved, ct);
        Count(run, abstained ? "insufficient_context" : "answered");
        await KeepAsync(run, retrieved, answer);
        evaluations.Tell(run.Answered, run.Gate);
        activity?.SetTag(RagTelemetry.Cost, (answer.Call?.Cost ?? 0) / 1e9);
        await progress.WriteAsync(new AnswerProgress.Completed(answer), ct);
    }

    private async Task<CacheHit?> FindCachedAsync(AnswerRun run, RetrievalResult retrieved, CancellationToken ct)
    {
        // A replay wants to know what the model says now.
        if (retrieved.Chunks.Count == 0 || run.Question.Replay is not null)
        {
            return null;
        }
        var decision = await run.Stages.MeasureAsync("cache", () => cache.FindAsync(run.Question, retrieved, Prompt.Id, run.AskedAt, ct));
        (run.CacheResult, run.Saved, run.Flight, run.Partition) = (decision?.Result, decision?.Hit?.Cached, decision?.Flight, decision?.Partition);
        return decision?.Hit;
    }

    /// <summary>What was checked when it was written is not checked again: its quotes stand where they stood.</summary>
    private async Task GiveAgainAsync(AnswerRun run, CacheHit hit, RetrievalResult retrieved, ChannelWriter<AnswerProgress> progress, CancellationToken ct)
    {
        foreach (var citation in hit.Citations)
        {
            await progress.WriteAsync(new AnswerProgress.Cited(citation), ct);
        }
        await progress.WriteAsync(new AnswerProgress.Delta(hit.Cached.Text), ct);
        var answer = run.ToAnswer(hit, Prompt);
        await RecordAsync(run, answer, retrieved, ct);
        Count(run, "answered");
        shadows.Offer(run.Question, answer);
        await progress.WriteAsync(new AnswerProgress.Completed(answer), ct);
    }

    /// <summary>From here on it is an answer, also for a reader who leaves before the last word of it.</summary>
    private async Task RecordAsync(AnswerRun run, Answer answer, RetrievalResult retrieved, CancellationToken ct)
    {
        await store.AddAsync(run, answer, retrieved.EmbeddingSpaceId, null, ct);
        run.IsRecorded = true;
    }

    /// <summary>For whoever asks next, and those who wait: not by the token of a reader who may leave just now.</summary>
    private async Task KeepAsync(AnswerRun run, RetrievalResult retrieved, Answer answer)
    {
        if (run is { Partition: { } partition, IsCheckedAsWanted: true })
        {
            using var bounded = new CancellationTokenSource(RecordTimeout, clock);
            var kept = await cache.KeepAsync(partition, run.Question, retrieved, answer, bounded.Token);
            run.Flight?.Land(kept);
        }
    }

    /// <summary>With half of the passages, the best ones, as long as a prompt is too long for every model of the route.</summary>
    private async Task WriteAsync(AnswerRun run, RetrievalResult retrieved, ChannelWriter<AnswerProgress> progress, CancellationToken ct)
    {
        for (var shown = retrieved.Chunks.Count; ; shown /= 2)
        {
            try
            {
                await WriteAsync(run, retrieved, shown, progress, ct);
                return;
            }
            catch (ModelProviderException refused) when (refused.IsOfTheRequest && shown > 1)
            {
                // Nothing has been written yet: a request is refused as a whole.
            }
        }
    }

    private async Task WriteAsync(AnswerRun run, RetrievalResult retrieved, int shown, ChannelWriter<AnswerProgress> progress, CancellationToken ct)
    {
        var grounding = new GroundingContext { Question = run.Question.Text, Passages = [.. retrieved.Chunks.Take(shown)], Terms = retrieved.Terms };
        var options = new ChatOptions
        {
            MaxOutputTokens = answering.Value.MaxOutputTokens,
            Temperature = answering.Value.Temperature,
            AdditionalProperties = new() { [GroundingContext.OptionsKey] = grounding, [ModelRequest.OptionsKey] = run.Calls(PromptOf(run), showsAll: shown == retrieved.Chunks.Count) },
        };
        using var activity = RagTelemetry.Source.StartActivity("aiapp.write");
        var start = clock.GetTimestamp();
        var writer = new SentenceWriter(run.Gate, judge.For(run), progress);
        await foreach (var update in model.GetStreamingResponseAsync(grounding.ToMessages(PromptOf(run)), options, ct))
        {
            await writer.PushAsync(update.Text, ct);
        }
        await writer.CompleteAsync(ct);
        run.Stages.Add("write", clock.GetElapsedTime(start));
        if (repair.IsWanted(run.Gate, run.Question.Replay?.Model))
        {
            await progress.WriteAsync(new AnswerProgress.StageStarted("repairing", run.ElapsedMs), ct);
            await repair.MendAsync(run, run.Gate, grounding, writer, ct);
        }
    }

    /// <summary>A replay is nobody's question.</summary>
    private static void Count(AnswerRun run, string outcome)
    {
        if (run.Question.Replay is null)
        {
            RagTelemetry.Answers.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, outcome));
        }
    }

    private static PromptTemplate PromptOf(AnswerRun run) => run.Question.Replay?.Prompt ?? Prompt;

    private async Task RecordUnfinishedAsync(AnswerRun run, UnfinishedAnswer unfinished)
    {
        if (unfinished.Outcome == Canceled)
        {
            run.Flight?.Abandon();
        }
        Count(run, unfinished.Outcome);
        try
        {
            // Not the reader's token: it may be the reason.
            using var bounded = new CancellationTokenSource(RecordTimeout, clock);
            var answer = run.ToAnswer(run.Gate.Text, AnswerOutcome.Answered, PromptOf(run));
            await store.AddAsync(run, answer, null, unfinished, bounded.Token);
        }
#pragma warning disable CA1031 // the reader is told why there is no answer, and not why there is no record of that
        catch (Exception second)
        {
            var level = second is Npgsql.NpgsqlException or OperationCanceledException ? LogLevel.Warning : LogLevel.Error;
            logger.UnfinishedAnswerNotRecorded(level, unfinished.Outcome, second);
        }
#pragma warning restore CA1031
    }
}
